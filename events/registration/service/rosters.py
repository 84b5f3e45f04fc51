"""Teams and seats as others read them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import joinedload, selectinload

from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.domain import Side
from consortium.people.models import Consent, Person
from events.institutes.domain import Status
from events.institutes.models import TEAMS, Institute, RoleRequirement
from events.registration.domain import Door, ParticipantView, Verdict
from events.registration.models import (
    ACTIVE_SEATS,
    Seat,
    SeatStatus,
    Team,
    TeamLead,
    TeamStatus,
)
from events.registration.service.agreements import Calendar, calendar_of
from events.registration.service.places import is_full, left_in, others_come_first
from events.registration.service.queueing import seat_pool
from events.registration.service.standing import verdict_of
from events.registration.service.submission import door_of
from events.registration.service.waitlist import rank_of


@dataclass(frozen=True, kw_only=True)
class Prospects:
    """Everything the page of one team tells besides the team itself."""

    verdict: Verdict | None
    door: Door
    full: bool
    """The team would find no place at this moment, or others wait for what is left."""
    seats_left: int | None
    teams_left: int | None
    rank: int | None
    """How far from the front of the waitlist it stands."""


def prospects_of(team: Team) -> Prospects:
    """Return how the team stands and what it can do next."""
    return Prospects(
        verdict=verdict_of(team),
        door=door_of(team.institute, team.kind),
        full=team.status is TeamStatus.DRAFT and (is_full(team) or others_come_first(team)),
        seats_left=left_in(team, seat_pool(team)),
        teams_left=left_in(team, TEAMS),
        rank=rank_of(team),
    )


def team_of_lead(institute_id: UUID, person_id: UUID | None) -> Team | None:
    """Return the live team that this person leads at the institute, the newest of several."""
    statement = (
        select(Team)
        .join(TeamLead, TeamLead.team_id == Team.id)
        .where(
            Team.institute_id == institute_id,
            Team.status != TeamStatus.WITHDRAWN,
            TeamLead.person_id == person_id,
        )
        .order_by(Team.created_at.desc())
    )
    return db.session.scalars(statement).first()


def teams_of_lead(person_id: UUID | None) -> Sequence[Team]:
    """Return the teams and groups this person leads, newest first, with their institutes."""
    statement = (
        select(Team)
        .join(TeamLead, TeamLead.team_id == Team.id)
        .where(TeamLead.person_id == person_id, Team.status != TeamStatus.WITHDRAWN)
        .options(
            joinedload(Team.institute).selectinload(Institute.days),
            selectinload(Team.seats),
        )
        .order_by(Team.created_at.desc(), Team.id)
    )
    return db.session.scalars(statement).all()


def seats_of_person(person_id: UUID | None) -> Sequence[Seat]:
    """Return the seats this person has or is asked to take, with their institutes, newest first."""
    statement = (
        select(Seat)
        .join(Team, Seat.team_id == Team.id)
        .where(Seat.person_id == person_id, Seat.status.in_(ACTIVE_SEATS))
        .options(
            joinedload(Seat.team)
            .joinedload(Team.institute)
            .options(selectinload(Institute.days), selectinload(Institute.roles))
        )
        .order_by(Team.created_at.desc(), Seat.id)
    )
    return db.session.scalars(statement).all()


def participants_of(
    institute_id: UUID, *, only: Collection[UUID] | None = None
) -> list[ParticipantView]:
    """Return everyone with a confirmed seat in a registered team, in one query, by name.

    Nobody comes to an institute that is cancelled.
    What they agreed to is what holds at this moment. ``only`` asks for these persons alone.
    """
    statement = (
        select(Seat, Team, Person, Lea, RoleRequirement, Consent, *calendar_of(institute_id))
        .join(Team, Seat.team_id == Team.id)
        .join(Person, Seat.person_id == Person.id)
        .outerjoin(Lea, Team.lea_id == Lea.id)
        .outerjoin(
            RoleRequirement,
            and_(
                RoleRequirement.institute_id == Seat.institute_id,
                RoleRequirement.code == Seat.role_code,
            ),
        )
        .outerjoin(
            Consent,
            and_(
                Consent.person_id == Seat.person_id,
                Consent.institute_id == Seat.institute_id,
                Consent.withdrawn_at.is_(None),
            ),
        )
        .where(
            Seat.institute_id == institute_id,
            Seat.status == SeatStatus.CONFIRMED,
            Team.status == TeamStatus.REGISTERED,
            exists().where(Institute.id == Seat.institute_id, Institute.status != Status.CANCELLED),
        )
        .order_by(Seat.name, Seat.id)
    )
    if only is not None:
        statement = statement.where(Seat.person_id.in_(only))
    rows = db.session.execute(statement).all()
    if not rows:
        return []
    first = rows[0]
    calendar = Calendar.read(first.zone, first.last_day, first.last_session)
    return [_participant(calendar, *row[:6]) for row in rows]


def _participant(  # noqa: PLR0913, PLR0917  (one of each kind of row)
    calendar: Calendar,
    seat: Seat,
    team: Team,
    person: Person,
    lea: Lea | None,
    role: RoleRequirement | None,
    consent: Consent | None,
) -> ParticipantView:
    term = calendar.term_of(consent) if consent else None
    holding = consent if term and not term.ended else None
    return ParticipantView(
        seat_id=seat.id,
        person_id=person.id,
        name=seat.name,
        email=person.email,
        phone=seat.phone,
        team_id=team.id,
        lea_id=team.lea_id,
        lea_name=lea.name if lea else team.name,
        state=team.state,
        site=team.site,
        locale=lea.locale if lea else "",
        enrollment=lea.enrollment if lea else None,
        role_code=seat.role_code,
        role_label=role.label if role else seat.role_code,
        side=role.side if role else Side.OTHER,
        goals=tuple(seat.goals),
        offers=seat.offers,
        asks=seat.asks,
        wants_peers=seat.wants_peers and holding is not None,
        shares_email=holding is not None and holding.shares_email,
        shares_phone=holding is not None and holding.shares_phone,
        consent_term=term,
    )
