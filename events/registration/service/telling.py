"""Telling everyone of registration that an institute is cancelled: one mail to each address."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from consortium.calendar.service import ledger
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.people.models import Identity, Person
from events.institutes.models import Institute
from events.registration import emails
from events.registration.models import LeadInvitation, Seat, Team, TeamLead, TeamStatus
from events.registration.service.leaving import TOLD

AT_ONCE = 500
"""Mails that are looked through, or promised, in one go."""


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
    invited = ledger.people_invited(institute.id)
    address = emails.cancelled(institute)
    for some in _in_parts(sorted(told), AT_ONCE):
        for email in some:
            person_id = told[email]
            outbox.promise(
                address(email, person_id if person_id in invited else None),
                about=about_cancelling(institute.id),
            )
        db.session.flush()
        db.session.expire_all()
    return len(told)


def _everyone(institute_id: UUID) -> Mapping[str, UUID | None]:
    """Return who is told, by address; those who are members with who they are."""
    told: dict[str, UUID | None] = {}
    live = (Team.institute_id == institute_id, Team.status != TeamStatus.WITHDRAWN)
    seats = (
        select(Identity.email, Seat.person_id)
        .join(Person, Person.identity_id == Identity.id)
        .join(Seat, Seat.person_id == Person.id)
        .join(Team, Team.id == Seat.team_id)
        .where(*live, Seat.status.in_(TOLD))
        .order_by(Seat.id)
    )
    for email, person_id in db.session.execute(seats):
        told.setdefault(email, person_id)
    leads = (
        select(Identity.email)
        .join(Person, Person.identity_id == Identity.id)
        .join(TeamLead, TeamLead.person_id == Person.id)
        .join(Team, Team.id == TeamLead.team_id)
        .where(*live)
    )
    asked = (
        select(LeadInvitation.email)
        .join(Team, Team.id == LeadInvitation.team_id)
        .where(*live, LeadInvitation.answered_at.is_(None))
    )
    for statement in (leads, asked):
        for email in db.session.scalars(statement):
            told.setdefault(email, None)
    return told


def _in_parts(everyone: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    for first in range(0, len(everyone), size):
        yield everyone[first : first + size]
