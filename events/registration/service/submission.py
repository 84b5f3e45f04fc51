"""Submitting a team: a place for all of it, or a position on the waitlist."""

from uuid import UUID

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotAllowed
from consortium.outbox import service as outbox
from consortium.words import say
from events.institutes.domain import TEAM_CLOSING, VISITOR_CLOSING, JointActKind, Status
from events.institutes.models import Institute
from events.registration import emails
from events.registration.domain import (
    Door,
    NotComplete,
    RegistrationRefused,
    Waitable,
    admit,
    check_open,
    door_at,
)
from events.registration.models import SeatStatus, Team, TeamKind, TeamStatus
from events.registration.service.answers import check_team_answered
from events.registration.service.finding import Editor, contact_of, lock_team
from events.registration.service.invitations import invite
from events.registration.service.joint import as_shown, asks_other_lead
from events.registration.service.leaving import uninvite
from events.registration.service.places import (
    check_room,
    hold_places,
    is_full,
    others_come_first,
    release_places,
)
from events.registration.service.standing import (
    judge_team,
    settle,
    team_settled,
    verdict_of,
)
from events.registration.service.waitlist import note_seats_wanted, put_last, rank_of

WAITS = "waits"
"""Where what both leads agree to says that the team joins the waitlist."""
OR_WAIT = "or_wait"
"""Where it says that the team joins the waitlist if there is no place for it."""
SEATS_WANTED = "seats_wanted"
"""Where it says for how many seats the team waits."""


def door_of(institute: Institute, kind: TeamKind = TeamKind.TEAM) -> Door:
    """Return whether the institute takes registrations of this kind at this moment."""
    codes = TEAM_CLOSING if kind is TeamKind.TEAM else VISITOR_CLOSING
    return door_at(
        clock.now(),
        institute.dues,
        institute.zone,
        codes,
        has_waitlist=bool(institute.waitlist),
    )


def submit_team(team_id: UUID, editor: Editor, *, or_wait: bool = False) -> Team:
    """Register the team: it gets all its places, its members their invitations.

    With ``or_wait`` it joins the waitlist where there is no place for it, or where only the
    waitlist is open any more. A team that comes by request gets neither before the host agrees;
    a coordinator who submits it agrees thereby. Where the leads of both sides have to agree, the
    team stays a draft until the other one does (see ``joint``). Raises ``Waitable`` when the
    institute is full or registration has closed and a waitlist is open, ``NotComplete`` with the
    list at a strict gate, ``RegistrationRefused`` otherwise.
    """
    team = lock_team(team_id, editor)
    _check_submittable(team)
    door = door_of(team.institute)
    for_waitlist = or_wait and door.for_waitlist_only
    if not for_waitlist:
        check_open(door, contact=contact_of(team.institute))
    payload = {**as_shown(team), **({OR_WAIT: True} if or_wait else {})}
    if asks_other_lead(team, JointActKind.SUBMIT, editor, payload=payload):
        return team
    if team.by_request and not editor.coordinates:
        ask_host(team)
    elif for_waitlist:
        _wait(team)
    elif or_wait:
        register_or_wait(team)
    else:
        check_room(team)
        register(team)
    audit.record("submit_team", f"team:{team.id}", by=editor.email, after=outcome(team))
    return team


def join_waitlist(team_id: UUID, editor: Editor, *, seats_wanted: int | None = None) -> Team:
    """Put the team on the waitlist, when registration has closed or there is no place for it.

    It waits for ``seats_wanted`` seats; without a number, for as many as it has people. A team
    that comes by request waits for the host's answer first. Raises as ``submit_team`` does, and
    ``RegistrationRefused`` when there are places.
    """
    team = lock_team(team_id, editor)
    _check_submittable(team)
    door = door_of(team.institute)
    if not door.for_waitlist_only:
        check_open(door, contact=contact_of(team.institute))
        _check_waiting_makes_sense(team)
    payload = {**as_shown(team), WAITS: True, SEATS_WANTED: seats_wanted}
    if asks_other_lead(team, JointActKind.SUBMIT, editor, payload=payload):
        return team
    if team.by_request and not editor.coordinates:
        note_seats_wanted(team, seats_wanted)
        ask_host(team)
    else:
        _wait(team, seats_wanted)
    audit.record("join_waitlist", f"team:{team.id}", by=editor.email, after=outcome(team))
    return team


def admit_from_waitlist(team_id: UUID, editor: Editor) -> Team:
    """Give a waiting team or group its places; a coordinator decides who.

    Raises ``NotAllowed`` for a lead, ``RegistrationRefused`` when there are too few places.
    """
    if not editor.coordinates:
        raise NotAllowed(say("Only the institute's coordinators admit teams from the waitlist."))
    team = lock_team(team_id, editor)
    if team.status is not TeamStatus.WAITLISTED:
        raise RegistrationRefused(say("This team is not on the waitlist."))
    before = {"waitlist_position": team.waitlist_position}
    passed_over = (rank_of(team) or 1) - 1
    team.seats_wanted = 0  # it gets places for those who are named
    if is_full(team):
        raise RegistrationRefused(
            say("There are not enough free places. Raise the institute's limits first.")
        )
    register(team)
    override = {"override": True, "passed_over": passed_over} if passed_over else {}
    audit.record(
        "admit_from_waitlist",
        f"team:{team.id}",
        by=editor.email,
        before=before,
        after={**outcome(team), **override},
    )
    return team


def _check_submittable(team: Team) -> None:
    if team.status is not TeamStatus.DRAFT:
        raise RegistrationRefused(_where_it_stands(team))
    contact = contact_of(team.institute)
    team.admitted_as = admit(team.institute.admission, team.state, contact=contact)
    check_ready(team)


def check_ready(team: Team) -> None:
    """Raise ``NotComplete`` with the list when the institute's terms keep the team out.

    Visitors have no terms to meet. Raises ``RegistrationRefused`` when the institute is no more,
    or not yet, open.
    """
    if team.institute.status is not Status.PUBLISHED:
        raise RegistrationRefused(say("This institute takes no registrations now."))
    verdict = verdict_of(team)
    if verdict is None:
        return
    if verdict.refusals:
        reasons = " ".join(verdict.refusals)
        raise NotComplete(
            say("The team cannot be submitted yet. %(reasons)s", reasons=reasons),
            reasons=verdict.refusals,
        )
    check_team_answered(team)


def _where_it_stands(team: Team) -> str:
    if team.status is TeamStatus.REGISTERED:
        return say("This team is registered already.")
    if team.status is TeamStatus.WAITLISTED:
        return say("This team is on the waitlist already, number %(rank)s.", rank=rank_of(team))
    if team.status is TeamStatus.OFFERED:
        return say("Places are offered to this team already. Accept or decline them.")
    if team.status is TeamStatus.ASKING:
        return say("The host has not answered yet whether this team may come.")
    return say("This team was withdrawn. Start a new one.")


def _check_waiting_makes_sense(team: Team) -> None:
    if not is_full(team) and not others_come_first(team):
        raise RegistrationRefused(say("There are places for your team: submit it instead."))


def ask_host(team: Team) -> None:
    """Lay the team before the host, who decides if it may come; it holds no places. Flushes."""
    team.status = TeamStatus.ASKING
    settle(team)
    about = f"team:{team.id}"
    outbox.promise(emails.asked(team, to=contact_of(team.institute)), about=about)
    for lead in team.leads:
        outbox.promise(emails.asking(team, to=lead.person), about=about)


def send_to_waitlist(team: Team) -> None:
    """Take a registered team's places and put it on the waitlist: its order to pay never came.

    Its people stay named; their invitations end, and they get new ones when it is admitted again.
    Part of another act. Flushes.
    """
    for seat in team.active_seats:
        uninvite(seat)
    team.status = TeamStatus.WAITLISTED
    _wait(team)
    release_places(team)  # last: whoever changes the limits holds the institute, then the pools


def register_or_wait(team: Team) -> None:
    """Register the team if there is room for all of it, and let it wait otherwise. Flushes.

    It waits for as many seats as it said it wants, if it said so.
    """
    wanted = team.seats_wanted if team.seats_wanted > len(team.held_seats) else None
    if is_full(team) or others_come_first(team):
        _wait(team, wanted)
        return
    try:
        # What fails is undone with the savepoint, the places taken of one pool among it, so that
        # nobody waits for them while the team is put on the list.
        with db.session.begin_nested():
            register(team)
    except Waitable:
        db.session.expire_all()
        _wait(team, wanted)


def _wait(team: Team, seats_wanted: int | None = None) -> None:
    note_seats_wanted(team, seats_wanted)
    team.offers_missed = 0
    settle(team)
    put_last(team)


def register(team: Team) -> None:
    """Give the team its places, invite its members, tell its leads. Raises ``Waitable``.

    Places it holds already, from an offer, are those it keeps.
    """
    team.status = TeamStatus.REGISTERED
    team.registered_at = team.registered_at or clock.now()
    team.waitlist_position = None
    team.offer_expires_at = None
    team.seats_wanted = 0
    outbox.supersede(f"team:{team.id}")
    verdict = judge_team(team)
    invite([seat for seat in team.active_seats if seat.status is SeatStatus.NAMED])
    for lead in team.leads:
        outbox.promise(
            emails.registered(team, verdict=verdict, to=lead.person), about=f"team:{team.id}"
        )
    db.session.flush()
    hold_places(team)
    db.session.flush()
    team_settled.send(team)


def outcome(team: Team) -> dict[str, object]:
    """Return what the record says of a team that was submitted or admitted."""
    return {
        "status": team.status.value,
        "people": len(team.active_seats),
        "complete": team.complete,
        "missing": team.missing,
        "waitlist_position": team.waitlist_position,
    }
