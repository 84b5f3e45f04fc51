"""Load what someone may see: leads their own teams, coordinators all, members their seat."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, select, true
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from consortium import clock
from consortium.database import db, hold
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.tenants.models import Tenant
from consortium.words import say
from events.institutes.domain.cancelling import gone
from events.institutes.models import Institute
from events.institutes.service import cancelling
from events.registration.domain import HostCancelled
from events.registration.models import Seat, Team, TeamLead

NUDGE = "nudge"
"""What reminders of a draft that lies still are about, before the team's id."""
TERMS = (Institute.roles, Institute.deadlines, Institute.days, Institute.pools)


@dataclass(frozen=True, kw_only=True)
class Editor:
    """Who works on a team, and whether as a coordinator of the consortium."""

    email: str
    person_id: UUID | None = None
    coordinates: bool = False
    agreed: bool = False
    """The leads of both sides want what is done now (see ``joint``)."""
    keeps_house: bool = False
    """It looks after the rows themselves, also those of an institute that is cancelled."""


def get_team(team_id: UUID, editor: Editor) -> Team:
    """Return the team with everything in it. Raises ``NotFound`` for who has no part in it."""
    statement = select(Team).where(Team.id == team_id, _seen_by(editor)).options(*_parts())
    team = db.session.scalar(statement)
    if team is None:
        raise _no_such_team()
    return _known_to_its_seats(team)


def lock_team(team_id: UUID, editor: Editor) -> Team:
    """Return the team as ``get_team`` does, held so that two editors change it one by one.

    In registration the order of locks is: the team, its institute, the pools of people (or
    visitor seats) and of teams. The pools, which everybody wants, are held the shortest.
    Raises ``HostCancelled`` where the host has cancelled the institute.
    """
    held = select(Team.id).where(Team.id == team_id, _seen_by(editor))
    if db.session.scalar(held.with_for_update(key_share=True)) is None:
        raise _no_such_team()
    team = _read_anew(team_id)
    leads = any(lead.person_id == editor.person_id for lead in team.leads)
    if not leads and not editor.coordinates:
        raise _no_such_team()  # someone who led it while this one waited
    if not editor.keeps_house:
        refuse_cancelled(team.institute)
    _take_up(team, by_lead=leads)
    return team


def hold_team(team_id: UUID) -> Team:
    """Return a team held like ``lock_team`` does, for someone whom another rule lets in."""
    hold(Team.id, team_id)
    team = _read_anew(team_id)
    refuse_cancelled(team.institute)
    return team


def refuse_cancelled(institute: Institute) -> None:
    """Raise ``HostCancelled`` for an institute that its host has cancelled."""
    if institute.cancelled:
        raise HostCancelled(gone(institute.title))


def begin_at(institute: Institute) -> None:
    """Let the institute not be cancelled while something begins there.

    Raises ``HostCancelled`` when the host was first.
    """
    if not cancelling.takes_place(institute.id):
        raise HostCancelled(gone(institute.title))


def get_member(team: Team, seat_id: UUID) -> Seat:
    """Return the active seat of a member of the team. Raises ``NotFound``."""
    return _one_of(team.active_seats, seat_id)


def get_present_member(team: Team, seat_id: UUID) -> Seat:
    """Return the member who has this seat now, perhaps after others. Raises ``NotFound``."""
    heirs = {seat.replaces_id: seat for seat in team.seats if seat.replaces_id is not None}
    while seat_id in heirs:
        seat_id = heirs[seat_id].id
    return get_member(team, seat_id)


def get_held_seat(team: Team, seat_id: UUID) -> Seat:
    """Return a seat that needs a place: a member's, or a kept one. Raises ``NotFound``."""
    return _one_of(team.held_seats, seat_id)


def get_replaceable(team: Team, seat_id: UUID) -> Seat:
    """Return a seat that can go to someone else: a member's, or one given back.

    Raises ``NotFound``, also where someone has taken it over already.
    """
    return _one_of((*team.active_seats, *team.vacated_seats), seat_id)


def get_changeable(team: Team, seat_id: UUID) -> Seat:
    """Return a seat about which a lead can do something at all. Raises ``NotFound``."""
    return _one_of((*team.held_seats, *team.vacated_seats), seat_id)


def get_own_seat(seat_id: UUID, person_id: UUID | None) -> Seat:
    """Return this person's seat. Raises ``NotFound`` for anyone else's."""
    # A seat kept for somebody has no person either; it is nobody's who asks.
    own = and_(Seat.person_id == person_id, Seat.person_id.is_not(None))
    statement = select(Seat).where(Seat.id == seat_id, own)
    seat = db.session.scalar(statement.options(*_around_a_seat()))
    if seat is None:
        raise _no_such_seat()
    return seat


def get_invitation(token: str) -> Seat:
    """Return the seat that an invitation's link names, whoever follows it.

    Raises ``NotFound`` when the link was replaced by a newer one or the seat was given away.
    """
    statement = select(Seat).where(Seat.invitation_digest == digest_of(token))
    seat = db.session.scalar(statement.options(*_around_a_seat()))
    if seat is None:
        raise NotFound(
            say("This invitation is not valid any more. Ask your team's lead to send it again.")
        )
    return seat


def lock_seat(seat: Seat) -> Seat:
    """Return the seat read anew, its team held like ``lock_team`` does."""
    team = hold_team(seat.team_id)
    return next(one for one in team.seats if one.id == seat.id)


def lock_own_seat(seat: Seat) -> Seat:
    """Return the seat as ``lock_seat`` does, for who answers for it.

    Raises ``NotFound`` when it was written over to someone else at this moment.
    """
    person_id = seat.person_id
    anew = lock_seat(seat)
    if anew.person_id != person_id:
        raise _no_such_seat()
    return anew


def digest_of(token: str) -> str:
    """Return what is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def host_of(institute: Institute) -> str:
    """Return what the consortium that holds the institute is called."""
    return db.session.get_one(Tenant, institute.tenant_id).name


def contact_of(institute: Institute) -> str:
    """Return the address that refusals name."""
    return db.session.get_one(Tenant, institute.tenant_id).reply_address


def _one_of(seats: Sequence[Seat], seat_id: UUID) -> Seat:
    seat = next((one for one in seats if one.id == seat_id), None)
    if seat is None:
        raise NotFound(say("This person is not in the team any more."))
    return seat


def _seen_by(editor: Editor) -> ColumnElement[bool]:
    if editor.coordinates:
        return true()
    leads = select(TeamLead.id).where(
        TeamLead.team_id == Team.id, TeamLead.person_id == editor.person_id
    )
    return exists(leads)


def _take_up(team: Team, *, by_lead: bool) -> None:
    """Note that someone works on the team: no reminder says any more that it lies still."""
    if team.nudges:
        outbox.supersede(f"{NUDGE}:{team.id}")
    if by_lead:
        team.touched_at = clock.now()
        team.nudges = 0


def _read_anew(team_id: UUID) -> Team:
    return _known_to_its_seats(db.session.scalars(_anew(), {"team_id": team_id}).one())


@cache
def _anew() -> Select[Team]:
    """Return the statement by which every act on a team begins: to make it takes a while."""
    terms = (joinedload(Team.institute).selectinload(part) for part in TERMS)
    one = select(Team).where(Team.id == bindparam("team_id"))
    return one.options(*_parts(), *terms).execution_options(populate_existing=True)


def _known_to_its_seats(team: Team) -> Team:
    """Spare each seat the question to the database which team it belongs to."""
    for seat in team.seats:
        set_committed_value(seat, "team", team)
    return team


@cache
def _parts() -> tuple[ORMOption, ...]:
    return (
        selectinload(Team.seats).joinedload(Seat.person),
        selectinload(Team.leads).joinedload(TeamLead.person),
        selectinload(Team.waivers),
        joinedload(Team.lea),
        joinedload(Team.institute),
    )


def _around_a_seat() -> tuple[ORMOption, ...]:
    return (joinedload(Seat.person), joinedload(Seat.team).joinedload(Team.institute))


def _no_such_seat() -> NotFound:
    return NotFound(say("There is no seat of yours at this address."))


def _no_such_team() -> NotFound:
    return NotFound(say("There is no team of yours at this address."))
