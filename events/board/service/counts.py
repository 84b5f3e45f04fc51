"""Numbers for those who may not see names: partners, funders, finance."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Row, distinct, func, select

from consortium.database import db
from events.board.domain.counts import LEAST, Group, grouped, roles_by_side
from events.board.domain.teams import Completeness, RoleBook, judged
from events.board.service.teams import book_of
from events.institutes.models import Institute
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamKind, TeamStatus

REGISTERED = TeamStatus.REGISTERED
NEW, RETURNING = "new", "returning"
AnyRow = Row[*tuple[Any, ...]]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """An institute in numbers. People are those with a seat in a registered team, each once."""

    teams: Mapping[TeamStatus, int]
    visitor_groups: int
    leas: int
    completeness: Mapping[Completeness, int]
    people: int | None
    """None where they are so few that the number tells who they are."""
    sides: Sequence[tuple[Group, Sequence[Group]]]
    """Each side with the roles on it."""
    states: Sequence[Group]
    newness: Sequence[Group]
    book: RoleBook


def counts_of(institute: Institute) -> Counts:
    """Return the institute's numbers, small groups of people added together."""
    book = book_of(institute)
    people = _people(institute)
    groups = _groups_of_teams(institute)
    teams = [row for row in groups if row.kind is TeamKind.TEAM]
    visitors = [row for row in groups if row.kind is TeamKind.VISITORS]
    states = Counter(row.state for row in people)
    newness = Counter(NEW if row.new_member else RETURNING for row in people)
    return Counts(
        teams=_summed((row.status, row.teams) for row in teams),
        visitor_groups=_summed((row.status, row.teams) for row in visitors)[REGISTERED],
        leas=_leas(institute),
        completeness=_summed(
            (judged(row.complete), row.teams) for row in teams if row.status is REGISTERED
        ),
        people=len(people) if len(people) >= LEAST or not people else None,
        sides=roles_by_side(_roles_on_sides(people, book)),
        states=grouped({state: states[state] for state in sorted(states)}),
        newness=grouped({key: newness[key] for key in (NEW, RETURNING)}),
        book=book,
    )


def _roles_on_sides(people: Sequence[AnyRow], book: RoleBook) -> Mapping[str, Mapping[str, int]]:
    """Count people by role under each side, the institute's own roles first and never left out."""
    roles: dict[str, dict[str, int]] = {side: {} for side in book.sides}
    for code in (*(rule.code for rule in book.rules), *(row.role_code for row in people)):
        roles.setdefault(book.side(code), {}).setdefault(code, 0)
    for row in people:
        roles[book.side(row.role_code)][row.role_code] += 1
    return roles


def _people(institute: Institute) -> Sequence[AnyRow]:
    """Return everyone with a live seat in a registered team, each by the seat not shared."""
    statement = (
        select(Seat.person_id, Seat.role_code, Seat.new_member, Team.state)
        .join(Team, Team.id == Seat.team_id)
        .where(
            Seat.institute_id == institute.id,
            Seat.status.in_(ACTIVE_SEATS),
            Team.status == REGISTERED,
        )
        .order_by(Seat.shared.desc(), Team.registered_at.desc(), Seat.id)
    )
    return list({row.person_id: row for row in db.session.execute(statement)}.values())


def _groups_of_teams(institute: Institute) -> Sequence[AnyRow]:
    statement = (
        select(Team.status, Team.kind, Team.complete, func.count(Team.id).label("teams"))
        .where(Team.institute_id == institute.id)
        .group_by(Team.status, Team.kind, Team.complete)
    )
    return db.session.execute(statement).all()


def _leas(institute: Institute) -> int:
    statement = select(func.count(distinct(Team.lea_id))).where(
        Team.institute_id == institute.id, Team.status == REGISTERED
    )
    return db.session.scalars(statement).one()


def _summed(pairs: Iterable[tuple[Key, int]]) -> Counter[Key]:
    total: Counter[Key] = Counter()
    for key, number in pairs:
        total[key] += number
    return total
