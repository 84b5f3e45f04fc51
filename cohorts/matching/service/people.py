"""The people of an institute as the matching sees them: one for each person, not for each seat."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from cohorts.matching.domain.values import Participant
from events import facade
from events.facade import ParticipantView


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone at an institute, with every team they sit in."""

    view: ParticipantView
    """The first of their seats; agreements count only when they stand in every seat."""
    team_ids: frozenset[UUID]
    lea_ids: frozenset[str]


def people_of(institute_id: UUID, *, only: Collection[UUID] | None = None) -> Mapping[UUID, Person]:
    """Return everyone with a confirmed seat (or ``only`` these), in the order of their names."""
    seats: dict[UUID, list[ParticipantView]] = defaultdict(list)
    for view in facade.participants_of(institute_id, only=only):
        seats[view.person_id].append(view)
    return {person_id: _person(views) for person_id, views in seats.items()}


def colleagues_in(people: Mapping[UUID, Person], *, by_site: bool) -> Mapping[UUID, set[UUID]]:
    """Return with whom everyone works already: in a team, or, unless teams are sites, in an LEA."""
    together: dict[UUID | str, set[UUID]] = defaultdict(set)
    for person_id, person in people.items():
        for group in _groups(person, by_site=by_site):
            together[group].add(person_id)
    return {
        person_id: set().union(*(together[group] for group in _groups(person, by_site=by_site)))
        - {person_id}
        for person_id, person in people.items()
    }


def as_participant(
    person: Person, *, past: Collection[UUID], colleagues: Collection[UUID]
) -> Participant:
    """Return what the matching compares.

    Visitors may come from no listed LEA; then their group takes its place. Someone who serves
    several teams is never matched within any of them.
    """
    view = person.view
    return Participant(
        id=str(view.person_id),
        name=view.name,
        lea_id=view.lea_id or f"team:{view.team_id}",
        site=view.site,
        role_code=view.role_code,
        role_label=view.role_label,
        side=view.side,
        goals=frozenset(view.goals),
        offers=view.offers,
        asks=view.asks,
        enrollment=view.enrollment,
        locale=view.locale,
        state=view.state,
        consents=view.wants_peers,
        past=frozenset(str(person_id) for person_id in past),
        barred=frozenset(str(person_id) for person_id in colleagues),
    )


def _person(views: Sequence[ParticipantView]) -> Person:
    return Person(
        view=replace(
            views[0],
            wants_peers=all(view.wants_peers for view in views),
            shares_email=all(view.shares_email for view in views),
            shares_phone=all(view.shares_phone for view in views),
        ),
        team_ids=frozenset(view.team_id for view in views),
        lea_ids=frozenset(view.lea_id for view in views if view.lea_id),
    )


def _groups(person: Person, *, by_site: bool) -> Collection[UUID | str]:
    return person.team_ids if by_site else person.team_ids | person.lea_ids
