"""Telling everyone of registration that an institute is cancelled: one mail to each address."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select

from consortium.database import db
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Identity, Person
from consortium.ports import Mailbox, Method
from events.institutes.models import Institute
from events.registration import emails
from events.registration.domain.calendars import uids_in
from events.registration.models import LeadInvitation, Seat, Team, TeamLead, TeamStatus
from events.registration.service.leaving import ENDED, TOLD

AT_ONCE = 500
"""Mails that are looked through, or promised, in one go."""


@dataclass(kw_only=True)
class Told:
    """Someone who hears that the institute is cancelled, whatever the person was there."""

    name: str
    person_id: UUID | None = None
    seats: list[UUID] = field(default_factory=list)


def about_cancelling(institute_id: UUID) -> str:
    """Return what the mails are about that tell that an institute is cancelled."""
    return f"cancelled:{institute_id}"


def drop_mails(abouts: Sequence[str]) -> None:
    """Drop the unsent mails about all these things."""
    for some in _in_parts(abouts, AT_ONCE):
        outbox.supersede(*some)


def tell_everyone(institute: Institute) -> int:
    """Promise a mail to leads, to members who were invited, and to whoever is asked to lead.

    Who was sent calendar invitations gets what takes them back, with a raised sequence. Returns
    how many were told. Whoever has several seats or teams is told once.
    """
    told = _everyone(institute.id)
    raised = _raised_by(institute.id)
    address = emails.cancelled(institute)
    for some in _in_parts(sorted(told), AT_ONCE):
        sent = _uids_sent([seat for email in some for seat in told[email].seats])
        for email in some:
            one = told[email]
            uids = frozenset[str]().union(*(sent.get(seat, ()) for seat in one.seats))
            by = raised.get(one.person_id, 0) + 1 if one.person_id else 1
            mail = address(Mailbox(name=one.name, email=email), uids, by)
            outbox.promise(mail, about=about_cancelling(institute.id))
        db.session.flush()
        db.session.expire_all()
    return len(told)


def _everyone(institute_id: UUID) -> Mapping[str, Told]:
    """Return who is told, by address."""
    told: dict[str, Told] = {}
    live = (Team.institute_id == institute_id, Team.status != TeamStatus.WITHDRAWN)
    seats = (
        select(Identity.email, Seat.name, Seat.person_id, Seat.id)
        .join(Person, Person.identity_id == Identity.id)
        .join(Seat, Seat.person_id == Person.id)
        .join(Team, Team.id == Seat.team_id)
        .where(*live, Seat.status.in_(TOLD))
        .order_by(Seat.id)
    )
    for email, name, person_id, seat_id in db.session.execute(seats):
        told.setdefault(email, Told(name=name, person_id=person_id)).seats.append(seat_id)
    leads = (
        select(Identity.email, Person.name)
        .join(Person, Person.identity_id == Identity.id)
        .join(TeamLead, TeamLead.person_id == Person.id)
        .join(Team, Team.id == TeamLead.team_id)
        .where(*live)
    )
    asked = (
        select(LeadInvitation.email, LeadInvitation.name)
        .join(Team, Team.id == LeadInvitation.team_id)
        .where(*live, LeadInvitation.answered_at.is_(None))
    )
    for statement in (leads, asked):
        for email, name in db.session.execute(statement):
            told.setdefault(email, Told(name=name))
    return told


def _raised_by(institute_id: UUID) -> Mapping[UUID, int]:
    """Return by how much each person's calendar mails are raised (see ``leaving.raised_by``)."""
    ended = (
        select(Seat.person_id, func.count(Seat.id))
        .where(Seat.institute_id == institute_id, Seat.status.in_(ENDED))
        .group_by(Seat.person_id)
    )
    return {person_id: 2 * count for person_id, count in db.session.execute(ended)}


def _uids_sent(seat_ids: Sequence[UUID]) -> Mapping[UUID, Collection[str]]:
    """Return the UIDs of the sessions to which the holders of these seats were invited by mail."""
    abouts = {f"seat:{seat_id}": seat_id for seat_id in seat_ids}
    mails = select(OutboxEmail).where(OutboxEmail.about.in_(sorted(abouts)), outbox.is_out())
    sent: dict[UUID, set[str]] = {}
    for row in db.session.scalars(mails):
        for file in outbox.as_email(row).attachments:
            if file.method == Method.REQUEST.value:
                sent.setdefault(abouts[row.about], set()).update(uids_in(file.content))
    return sent


def _in_parts(everyone: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    for first in range(0, len(everyone), size):
        yield everyone[first : first + size]
