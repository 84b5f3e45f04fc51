"""The history of a team, read from what was recorded of it, a page at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.paging import PAGE_SIZE, Page, nearest_page
from consortium.people.domain import SIDE_WORDS
from consortium.people.models import Identity, Person
from consortium.tenancy import require_tenant
from consortium.words import Sentence, say
from events.registration.domain import masked
from events.registration.domain.chains import Holder, chains
from events.registration.domain.changes import PERSON, Change, Names, leads_in
from events.registration.domain.telling import SENTENCES, in_words
from events.registration.models import Team
from events.registration.service.finding import Editor, get_team

SIDE_NAMES = {side.value: words for side, words in SIDE_WORDS.items()}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One act: when it was at the institute, and what it was in words."""

    at: datetime
    sentences: tuple[Sentence, ...]

    @property
    def day(self) -> date:
        """The day on which it was."""
        return self.at.date()


@dataclass(frozen=True, kw_only=True)
class HistoryPage:
    """What the page of a team's history shows."""

    team: Team
    found: Page[Told]
    chains: Sequence[Sequence[Holder]]
    """The seats that went from one person to another."""


def history_of(team_id: UUID, editor: Editor, number: int) -> HistoryPage:
    """Return what happened to a team, latest first. Raises ``NotFound`` for anyone else's."""
    team = get_team(team_id, editor)
    of_team = (
        AuditEntry.tenant_id == require_tenant(),
        AuditEntry.subject.in_(_subjects(team)),
        AuditEntry.act.in_(SENTENCES),
        AuditEntry.at >= team.created_at,
    )
    total = db.session.scalars(select(func.count(AuditEntry.id)).where(*of_team)).one()
    number = nearest_page(number, total)
    rows = db.session.scalars(
        select(AuditEntry)
        .where(*of_team)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    names = _names(team, rows)
    actors = _actors({row.actor for row in rows})
    told = [
        Told(
            at=row.at.astimezone(team.institute.zone),
            sentences=in_words(
                Change(
                    act=row.act,
                    who=actors[row.actor],
                    subject=row.subject,
                    before=row.before,
                    after=row.after,
                    names=names,
                )
            ),
        )
        for row in rows
    ]
    return HistoryPage(
        team=team,
        found=Page(items=told, total=total, number=number),
        chains=chains(_holders(team)),
    )


def _subjects(team: Team) -> list[str]:
    """Return what acts on the team are recorded under.

    An LEA's offices are its teams' too, and so are merges of the LEA, or of people in the team.
    """
    seats = [f"seat:{seat.id}" for seat in team.seats]
    people = [f"{PERSON}{person_id}" for person_id in _people_of(team)]
    lea = [f"lea:{team.lea_id}"] if team.lea_id else []
    return [f"team:{team.id}", *seats, *people, *lea]


def _people_of(team: Team) -> Mapping[str, str]:
    """Name everyone who leads the team, or has or had a seat in it, by the person's id."""
    seated = (seat.person for seat in team.seats if seat.person_id is not None)
    return {str(one.id): one.name for one in (*(lead.person for lead in team.leads), *seated)}


def _names(team: Team, rows: Sequence[AuditEntry]) -> Names:
    asked: Collection[str] = leads_in(*(said for row in rows for said in (row.before, row.after)))
    statement = select(Person.id, Person.name).where(Person.id.in_([UUID(one) for one in asked]))
    others = {str(row.id): row.name for row in db.session.execute(statement)} if asked else {}
    return Names(
        seats={str(seat.id): seat.name for seat in team.seats},
        people={**_people_of(team), **others},
        roles={role.code: role.label for role in team.institute.roles},
        sides=SIDE_NAMES,
    )


def _actors(recorded: Collection[str]) -> Mapping[str, str]:
    """Name who acted: people by name, or so that only they know the address, and the program."""
    statement = (
        select(Identity.email, Person.name)
        .join(Person, Person.identity_id == Identity.id)
        .where(Identity.email.in_(recorded))
    )
    known = {row.email: row.name for row in db.session.execute(statement)}
    return {actor: known.get(actor) or _unknown(actor) for actor in recorded}


def _unknown(actor: str) -> str:
    return masked(actor) if "@" in actor else say("The program")


def _holders(team: Team) -> Sequence[Holder]:
    zone = team.institute.zone
    return [
        Holder(
            seat_id=seat.id,
            replaces_id=seat.replaces_id,
            name=seat.name,
            role_code=seat.role_code,
            until=seat.ended_at.astimezone(zone).date() if seat.ended_at else None,
        )
        for seat in team.seats
    ]
