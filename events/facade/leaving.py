"""A leader leaves: what they had in running institutes and cohorts ends or waits for who follows.

Registration does each of these; its rules say who may, and its refusals say why not.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consortium.database import db
from consortium.errors import NotFound
from consortium.people.domain import Side
from consortium.people.models import Person
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service import opening_of
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.models import (
    ACTIVE_SEATS,
    Seat,
    Team,
    TeamKind,
    TeamLead,
    TeamStatus,
)
from events.registration.service import Editor, NamedPerson, NewLead, Substitution

__all__ = [
    "Editor",
    "Leading",
    "RegistrationRefused",
    "RunningPlace",
    "ask_to_lead",
    "changes_team",
    "end_leading",
    "give_back",
    "give_seat",
    "heir_of",
    "keep_seat_open",
    "lead_instead",
    "name_for_seat",
    "running_places",
    "still_held",
]


@dataclass(frozen=True, kw_only=True)
class RunningPlace:
    """A seat that somebody has, or the leading of a team, where the institute is not over."""

    team_id: UUID
    institute_id: UUID
    institute_title: str
    seat_id: UUID | None
    """Empty for the leading of a team."""
    role_codes: tuple[str, ...]
    side: Side | None
    """The side for which they lead; a seat tells by its roles."""


@dataclass(frozen=True, kw_only=True)
class Leading:
    """Somebody who is to lead a team for a side, perhaps instead of somebody else, and why."""

    person: Person
    side: Side
    instead_of: UUID | None = None
    reason: str = ""


def running_places(team_ids: Collection[UUID], person_id: UUID) -> Sequence[RunningPlace]:
    """Return what somebody has in these teams, as far as their institutes still run.

    In the order of the teams' ids, in which they are held one after the other.
    """
    statement = (
        select(Team)
        .join(Institute, Team.institute_id == Institute.id)
        .where(
            Team.id.in_(team_ids),
            Team.kind == TeamKind.TEAM,
            Team.status != TeamStatus.WITHDRAWN,
        )
        .options(selectinload(Team.seats), selectinload(Team.leads), selectinload(Team.institute))
        .order_by(Team.id)
    )
    found: list[RunningPlace] = []
    for team in db.session.scalars(statement).unique():
        if team.institute.cancelled or opening_of(team.institute).over:
            continue
        found += [_place(team, lead=lead) for lead in team.leads if lead.person_id == person_id]
        found += [
            _place(team, seat=seat)
            for seat in team.seats
            if seat.person_id == person_id and seat.status in ACTIVE_SEATS
        ]
    return found


def give_seat(
    team_id: UUID, seat_id: UUID, person: Person, editor: Editor, *, reason: str
) -> UUID | None:
    """Give a member's seat to somebody, who is invited; return the new seat.

    Where the somebody sits in the team already, that seat is kept for whoever follows there.
    ``None`` where only a wish was written down, since others have to agree. Raises what
    ``substitute`` raises.
    """
    own = _seat_of(team_id, person.id)
    if own is not None and own.id != seat_id:
        registration.vacate(team_id, own.id, editor)
    given = registration.substitute(
        team_id,
        seat_id,
        Substitution(person=_named(person, _roles(seat_id)), reason=reason),
        editor,
    )
    return given.id if given.id != seat_id else None


def keep_seat_open(team_id: UUID, seat_id: UUID, editor: Editor) -> UUID:
    """Close a member's seat and keep it for whoever follows; return the kept one.

    Raises what ``vacate`` raises.
    """
    return registration.vacate(team_id, seat_id, editor).id


def name_for_seat(team_id: UUID, kept_id: UUID, person: Person, editor: Editor) -> None:
    """Name somebody for a kept seat, who is invited. Raises what ``name_kept`` raises."""
    own = _seat_of(team_id, person.id)
    if own is not None:
        registration.vacate(team_id, own.id, editor)
    registration.name_kept(team_id, kept_id, _named(person, _roles(kept_id)), editor)


def give_back(
    team_id: UUID, heir_id: UUID, person: Person, editor: Editor, *, reason: str
) -> UUID | None:
    """Give a seat back to whoever left it by mistake; they are invited anew.

    ``None`` where only a wish was written down. Raises what ``substitute`` and ``name_kept`` raise.
    """
    heir = db.session.get_one(Seat, heir_id)
    if heir.person_id is None:
        name_for_seat(team_id, heir_id, person, editor)
        return heir_id
    return give_seat(team_id, heir_id, person, editor, reason=reason)


def heir_of(seat_id: UUID) -> UUID | None:
    """Return the seat that goes on from this one, if any does."""
    return db.session.scalar(select(Seat.id).where(Seat.replaces_id == seat_id))


def still_held(seat_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which of these seats are held, or kept for somebody."""
    statement = select(Seat.id).where(Seat.id.in_(seat_ids), Seat.ended_at.is_(None))
    return frozenset(db.session.scalars(statement))


def changes_team(team_id: UUID, editor: Editor) -> bool:
    """Tell whether somebody may change this team at all: its leads may, and coordinators."""
    mine = select(TeamLead.id).where(
        TeamLead.team_id == team_id, TeamLead.person_id == editor.person_id
    )
    return editor.coordinates or db.session.scalar(mine) is not None


def end_leading(team_id: UUID, person_id: UUID, editor: Editor, *, reason: str) -> None:
    """Take out a lead who left; the other one goes on alone. Raises what ``end_lead`` raises."""
    registration.end_lead(team_id, person_id, editor, reason=reason)


def lead_instead(team_id: UUID, new: Leading, editor: Editor) -> None:
    """Put somebody in as a lead at once, for coordinators. Raises what ``appoint_lead`` raises."""
    team = registration.get_team(team_id, editor)
    if any(lead.person_id == new.person.id for lead in team.leads):
        return
    old = next((lead.id for lead in team.leads if lead.person_id == new.instead_of), None)
    who = _lead(new.person, new.side)
    registration.appoint_lead(team_id, who, editor, instead_of=old, reason=new.reason)


def ask_to_lead(team_id: UUID, person: Person, side: Side, editor: Editor) -> None:
    """Ask somebody to lead beside the lead who asks, or instead of them.

    Raises what ``invite_lead`` and ``hand_over`` raise.
    """
    team = registration.get_team(team_id, editor)
    mine = next((lead for lead in team.leads if lead.person_id == editor.person_id), None)
    if mine is None:
        raise NotFound(say("Only a lead of this team, or the host, can ask who leads it."))
    ask = registration.hand_over if mine.side is side else registration.invite_lead
    ask(team_id, _lead(person, side), editor)


def _place(team: Team, *, lead: TeamLead | None = None, seat: Seat | None = None) -> RunningPlace:
    return RunningPlace(
        team_id=team.id,
        institute_id=team.institute_id,
        institute_title=team.institute.title,
        seat_id=seat.id if seat else None,
        role_codes=seat.role_codes if seat else (),
        side=lead.side if lead else None,
    )


def _seat_of(team_id: UUID, person_id: UUID) -> Seat | None:
    return db.session.scalar(
        select(Seat).where(
            Seat.team_id == team_id, Seat.person_id == person_id, Seat.status.in_(ACTIVE_SEATS)
        )
    )


def _roles(seat_id: UUID) -> tuple[str, ...]:
    return db.session.get_one(Seat, seat_id).role_codes


def _named(person: Person, role_codes: tuple[str, ...]) -> NamedPerson:
    return NamedPerson(name=person.name, email=person.email, role_codes=role_codes)


def _lead(person: Person, side: Side) -> NewLead:
    return NewLead(name=person.name, email=person.email, side=side)
