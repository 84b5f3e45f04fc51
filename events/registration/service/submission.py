"""Submitting a team: a place for all of it, or a position on the waitlist."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from consortium import clock
from consortium.audit import service as audit
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
    admit,
    check_open,
    door_at,
)
from events.registration.models import SeatStatus, Team, TeamKind, TeamStatus
from events.registration.service.finding import Editor, contact_of, lock_team
from events.registration.service.invitations import invite
from events.registration.service.joint import as_shown, asks_other_lead, performs
from events.registration.service.places import (
    check_room,
    is_full,
    others_come_first,
    take_places,
)
from events.registration.service.standing import judge_team, settle, verdict_of
from events.registration.service.waitlist import put_last, rank_of

WAITS = "waits"
"""Where what both leads agree to says that the team joins the waitlist."""


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


def submit_team(team_id: UUID, editor: Editor) -> Team:
    """Register the team: it gets all its places, its members their invitations.

    A team that comes by request gets neither before the host agrees; a coordinator who submits
    it agrees thereby. Where the leads of both sides have to agree, the team stays a draft until
    the other one does (see ``joint``). Raises ``Waitable`` when the institute is full or
    registration has closed and a waitlist is open, ``NotComplete`` with the list at a strict
    gate, ``RegistrationRefused`` otherwise.
    """
    team = lock_team(team_id, editor)
    _check_submittable(team)
    check_open(door_of(team.institute), contact=contact_of(team.institute))
    if asks_other_lead(team, JointActKind.SUBMIT, editor, payload=as_shown(team)):
        return team
    if team.by_request and not editor.coordinates:
        ask_host(team)
    else:
        check_room(team)
        register(team)
    audit.record("submit_team", f"team:{team.id}", by=editor.email, after=outcome(team))
    return team


@performs(JointActKind.SUBMIT)
def _submit_as_agreed(team_id: UUID, payload: Mapping[str, Any], editor: Editor) -> Team:
    return (join_waitlist if payload.get(WAITS) else submit_team)(team_id, editor)


def join_waitlist(team_id: UUID, editor: Editor) -> Team:
    """Put the team on the waitlist, when registration has closed or there is no place for it.

    Raises as ``submit_team`` does, and ``RegistrationRefused`` when there are places.
    """
    team = lock_team(team_id, editor)
    _check_submittable(team)
    door = door_of(team.institute)
    if not door.for_waitlist_only:
        check_open(door, contact=contact_of(team.institute))
        _check_waiting_makes_sense(team)
    payload = {**as_shown(team), WAITS: True}
    if asks_other_lead(team, JointActKind.SUBMIT, editor, payload=payload):
        return team
    put_last(team)
    settle(team)
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
    if is_full(team):
        raise RegistrationRefused(
            say("There are not enough free places. Raise the institute's limits first.")
        )
    team.waitlist_position = None
    register(team)
    audit.record(
        "admit_from_waitlist",
        f"team:{team.id}",
        by=editor.email,
        before=before,
        after=outcome(team),
    )
    return team


def _check_submittable(team: Team) -> None:
    if team.status is not TeamStatus.DRAFT:
        raise RegistrationRefused(_where_it_stands(team))
    if team.institute.status is not Status.PUBLISHED:
        raise RegistrationRefused(say("This institute takes no registrations now."))
    contact = contact_of(team.institute)
    team.admitted_as = admit(team.institute.admission, team.state, contact=contact)
    verdict = verdict_of(team)
    if verdict and verdict.refusals:
        reasons = " ".join(verdict.refusals)
        raise NotComplete(
            say("The team cannot be submitted yet. %(reasons)s", reasons=reasons),
            reasons=verdict.refusals,
        )


def _where_it_stands(team: Team) -> str:
    if team.status is TeamStatus.REGISTERED:
        return say("This team is registered already.")
    if team.status is TeamStatus.WAITLISTED:
        return say("This team is on the waitlist already, number %(rank)s.", rank=rank_of(team))
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


def register(team: Team) -> None:
    """Give the team its places, invite its members, tell its leads. Raises ``Waitable``."""
    team.status = TeamStatus.REGISTERED
    team.registered_at = team.registered_at or clock.now()
    verdict = judge_team(team)
    invite([seat for seat in team.active_seats if seat.status is SeatStatus.NAMED])
    for lead in team.leads:
        outbox.promise(
            emails.registered(team, verdict=verdict, to=lead.person), about=f"team:{team.id}"
        )
    take_places(team)


def outcome(team: Team) -> dict[str, object]:
    """Return what the record says of a team that was submitted or admitted."""
    return {
        "status": team.status.value,
        "people": len(team.active_seats),
        "complete": team.complete,
        "missing": team.missing,
        "waitlist_position": team.waitlist_position,
    }
