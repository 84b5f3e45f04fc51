"""Invitations: a secret link for each seat, answered by the person it was sent to."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.people.service import consents
from consortium.words import say
from events.institutes.service import opening_of
from events.questions.service import Said
from events.registration import emails
from events.registration.domain import RegistrationRefused, international
from events.registration.models import ACTIVE_SEATS, Seat, SeatStatus, TeamStatus
from events.registration.service.answers import keep_members_answers
from events.registration.service.badges import badge_of
from events.registration.service.finding import (
    Editor,
    digest_of,
    get_member,
    lock_own_seat,
    lock_team,
)
from events.registration.service.history import attendee_of
from events.registration.service.leaving import give_back
from events.registration.service.standing import settle

TOKEN_BYTES = 20
BETWEEN_INVITATIONS = timedelta(minutes=10)
ANSWERABLE = (SeatStatus.NAMED, SeatStatus.INVITED)


@dataclass(frozen=True, kw_only=True)
class OwnDetails:
    """What a member says on the own page."""

    name: str
    phone: str = ""
    dietary: str = ""
    access_needs: str = ""
    goals: tuple[str, ...] = ()
    offers: str = ""
    asks: str = ""
    wants_peers: bool = False
    shares_email: bool = False
    shares_phone: bool = False
    wording: str = ""
    """The sentences of consent as they were shown."""
    said: Said | None = None
    """Answers to the host's own questions; ``None`` where the page asked none."""


def invite(seats: Sequence[Seat], *, reminder: bool = False) -> None:
    """Promise members the mail with their own link; an earlier link stops working. Flushes.

    Only the digest of the link is kept, so a reminder brings a new one.
    """
    now = clock.now()
    tokens = [secrets.token_urlsafe(TOKEN_BYTES) for _ in seats]
    for seat, token in zip(seats, tokens, strict=True):
        seat.invitation_digest = digest_of(token)
        if reminder:
            seat.reminded_at = now
        seat.invited_at = seat.invited_at or now
        seat.status = SeatStatus.INVITED
        seat.undelivered_at = None
        seat.undelivered_why = ""
    db.session.flush()
    outbox.supersede(*(f"seat:{seat.id}" for seat in seats))
    for seat, token in zip(seats, tokens, strict=True):
        mail = emails.invitation(seat, token=token, reminder=reminder)
        outbox.promise(mail, about=f"seat:{seat.id}")


def invite_again(team_id: UUID, seat_id: UUID, editor: Editor) -> Seat:
    """Remind a member who has not answered, with a new link.

    Raises ``NotFound``, or ``RegistrationRefused`` when there is nothing to answer any more or
    the last mail went out a moment ago.
    """
    team = lock_team(team_id, editor)
    seat = get_member(team, seat_id)
    if opening_of(team.institute).over:
        raise RegistrationRefused(say("This institute is over. Nobody is invited any more."))
    if team.status is not TeamStatus.REGISTERED or seat.status is not SeatStatus.INVITED:
        raise RegistrationRefused(
            say("Only members of a registered team who have not answered yet can be reminded.")
        )
    last = seat.reminded_at or seat.invited_at
    if last is not None and clock.now() - last < BETWEEN_INVITATIONS:
        raise RegistrationRefused(
            say(
                "%(name)s got the invitation less than ten minutes ago. Wait a little before you "
                "send it again.",
                name=seat.name,
            )
        )
    invite([seat], reminder=True)
    audit.record("invite_again", f"seat:{seat.id}", by=editor.email)
    return seat


def confirm_seat(seat: Seat, details: OwnDetails, *, by: str) -> Seat:
    """Confirm one's own seat, keep what the member says, and promise the calendar.

    Raises ``RegistrationRefused`` when the seat or its team no longer waits for an answer, and
    ``AnswersRefused`` when a question that must be answered is not.
    """
    seat = lock_own_seat(seat)
    _check_waits(seat)
    answered = _keep(seat, details, by=by)
    seat.status = SeatStatus.CONFIRMED
    seat.answered_at = clock.now()
    settle(seat.team)
    outbox.supersede(f"seat:{seat.id}")
    welcome(seat)
    audit.record(
        "confirm_seat",
        f"seat:{seat.id}",
        by=by,
        after={"status": seat.status.value, "wants_peers": seat.wants_peers, **answered},
    )
    return seat


def welcome(seat: Seat) -> None:
    """Give the holder of a seat just confirmed a badge, and promise the calendar. Flushes."""
    badge_of(seat.institute_id, seat.person_id)
    mail = emails.confirmed(seat, attendee=attendee_of(seat))
    outbox.promise(mail, about=f"seat:{seat.id}")


def change_own_details(seat: Seat, details: OwnDetails, *, by: str) -> Seat:
    """Keep what a confirmed member says anew.

    Raises ``RegistrationRefused``, or ``AnswersRefused`` as ``confirm_seat`` does.
    """
    seat = lock_own_seat(seat)
    if seat.status is not SeatStatus.CONFIRMED:
        raise _no_answer_wanted(seat)
    before = {"wants_peers": seat.wants_peers}
    answered = _keep(seat, details, by=by)
    db.session.flush()
    audit.record(
        "change_own_details",
        f"seat:{seat.id}",
        by=by,
        before=before,
        after={"wants_peers": seat.wants_peers, **answered},
    )
    return seat


def decline_seat(seat: Seat, reason: str, *, by: str) -> Seat:
    """Give the seat back, say why, and tell the team's leads.

    A confirmed member may decline later too. Raises ``RegistrationRefused`` when the seat is
    not this person's to give back any more, or the institute is over.
    """
    seat = lock_own_seat(seat)
    if seat.status not in ACTIVE_SEATS:
        raise _no_answer_wanted(seat)
    if opening_of(seat.team.institute).over:
        raise RegistrationRefused(say("This institute is over. There is no seat to give back."))
    before = {"status": seat.status.value}
    seat.answered_at = clock.now()
    seat.decline_reason = reason
    give_back(seat)
    verdict = settle(seat.team)
    for lead in seat.team.leads:
        if lead.person_id != seat.person_id:
            outbox.promise(emails.declined(seat, verdict=verdict, to=lead.person))
    audit.record(
        "decline_seat",
        f"seat:{seat.id}",
        by=by,
        before=before,
        after={"status": seat.status.value, "missing": seat.team.missing},
    )
    return seat


def _check_waits(seat: Seat) -> None:
    if seat.status not in ANSWERABLE or seat.team.status is not TeamStatus.REGISTERED:
        raise _no_answer_wanted(seat)


def _no_answer_wanted(seat: Seat) -> RegistrationRefused:
    if seat.status is SeatStatus.CONFIRMED:
        return RegistrationRefused(say("You have confirmed this seat already."))
    if seat.status is SeatStatus.DECLINED:
        return RegistrationRefused(
            say("You have given this seat back. Ask your team's lead to name you again.")
        )
    if seat.status is SeatStatus.REPLACED:
        return RegistrationRefused(
            say("Someone else has this seat now. Ask your team's lead if that surprises you.")
        )
    if seat.status is SeatStatus.WITHDRAWN or seat.team.status is TeamStatus.WITHDRAWN:
        return RegistrationRefused(
            say("This seat was taken back. Ask your team's lead if that surprises you.")
        )
    return RegistrationRefused(
        say("Your team is not registered yet, so there is nothing to confirm.")
    )


def _keep(seat: Seat, details: OwnDetails, *, by: str) -> dict[str, list[str]]:
    """Keep what the member says; return what the record says of the answers that changed."""
    seat.phone = international(details.phone, seat.team.state)
    seat.name = details.name
    seat.person.name = details.name
    seat.person.phone = seat.phone or seat.person.phone
    seat.dietary = details.dietary
    seat.access_needs = details.access_needs
    seat.goals = list(details.goals)
    seat.offers = details.offers
    seat.asks = details.asks
    seat.wants_peers = details.wants_peers
    if details.wants_peers:
        consents.give_consent(
            seat.person_id,
            seat.institute_id,
            shares_email=details.shares_email,
            shares_phone=details.shares_phone,
            wording=details.wording,
        )
    else:
        consents.withdraw_consent(seat.person_id, seat.institute_id)
    changed = keep_members_answers(seat, details.said, by=by) if details.said else ()
    return {"questions": sorted(changed)} if changed else {}
