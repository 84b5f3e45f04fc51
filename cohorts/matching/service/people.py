"""The people of an institute as the matching sees them: one for each person, not for each seat."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from cohorts.matching.domain import topics
from cohorts.matching.domain.disputes import Partnership
from cohorts.matching.domain.values import Face
from cohorts.matching.engine.people import Person as EnginePerson
from events import facade
from events.facade import ParticipantView

_ANY = frozenset({"en"})


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone at an institute, with every team they sit in."""

    view: ParticipantView
    """The first of their seats; agreements count only when they stand in every seat."""
    team_ids: frozenset[UUID]
    lea_ids: frozenset[str]
    partnerships: frozenset[Partnership] = frozenset()
    institute_id: UUID | None = None
    """Where the seats are."""


def people_of(institute_id: UUID, *, only: Collection[UUID] | None = None) -> Mapping[UUID, Person]:
    """Return everyone with a confirmed seat (or ``only`` these), in the order of their names."""
    seats: dict[UUID, list[ParticipantView]] = defaultdict(list)
    for view in facade.participants_of(institute_id, only=only):
        seats[view.person_id].append(view)
    return {person_id: _person(views, institute_id) for person_id, views in seats.items()}


def people_at(
    institute_ids: Sequence[UUID], *, only: Collection[UUID] | None = None
) -> Mapping[UUID, Person]:
    """Return everyone with a confirmed seat at one of these; of one of the first where at both."""
    found: dict[UUID, Person] = {}
    for institute_id in institute_ids:
        for person_id, person in people_of(institute_id, only=only).items():
            if person_id not in found or not found[person_id].view.wants_peers:
                found[person_id] = person
    return found


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


def as_matched(
    person: Person, *, by_site: bool, most: int, never: Collection[UUID]
) -> EnginePerson:
    """Return what the engine compares.

    Visitors may come from no listed LEA; then their group takes its place. What no institute
    asks, languages and times, is the same for everyone and so decides nothing. Asks and offers
    are free text: their telling words are the topics.
    """
    view, face = person.view, face_of(person, by_site=by_site)
    return EnginePerson(
        id=str(view.person_id),
        lea=face.unit,
        state=face.state,
        role=face.role_code,
        enrollment=face.enrollment,
        locale=face.locale,
        goals=tuple(sorted(set(view.goals))),
        asks=topics.keys(face.asks),
        offers=topics.keys(face.offers),
        languages=_ANY,
        slots=_ANY,
        most=most,
        never=frozenset(str(person_id) for person_id in never),
    )


def face_of(person: Person, *, by_site: bool) -> Face:
    """Return what of this person may stand in a reason told to a peer."""
    view = person.view
    lea = view.lea_id or f"team:{view.team_id}"
    return Face(
        unit=f"{lea} {view.site}" if by_site else lea,
        lea=lea,
        role_code=view.role_code,
        role_label=view.role_label,
        state=view.state,
        locale=view.locale,
        enrollment=view.enrollment or None,
        asks=view.asks,
        offers=view.offers,
    )


def _person(views: Sequence[ParticipantView], institute_id: UUID) -> Person:
    return Person(
        view=replace(
            views[0],
            wants_peers=all(view.wants_peers for view in views),
            shares_email=all(view.shares_email for view in views),
            shares_phone=all(view.shares_phone for view in views),
        ),
        team_ids=frozenset(view.team_id for view in views),
        lea_ids=frozenset(view.lea_id for view in views if view.lea_id),
        partnerships=frozenset(
            Partnership(view.lea_id, view.site) for view in views if view.lea_id
        ),
        institute_id=institute_id,
    )


def _groups(person: Person, *, by_site: bool) -> Collection[UUID | str]:
    return person.team_ids if by_site else person.team_ids | person.lea_ids
