"""Read who is to be matched and by what: plain values of one moment, for a search without locks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.domain.searching import SearchKind, Wish
from cohorts.matching.domain.values import Face
from cohorts.matching.engine.people import Person as EnginePerson
from cohorts.matching.engine.question import Pair, Question
from cohorts.matching.engine.said import weights_from
from cohorts.matching.engine.scoring import bars
from cohorts.matching.engine.weights import Weights
from cohorts.matching.models import MatchRun
from cohorts.matching.service.history import (
    active_peers,
    by_person,
    forbidden,
    live_pairs,
    met,
    pinned,
)
from cohorts.matching.service.limits import NO_LIMIT, limits, places_of
from cohorts.matching.service.people import Person, as_matched, colleagues_in, face_of
from cohorts.matching.service.rounds import Between, sides_of
from cohorts.matching.service.standings import barred_by_dispute, standings
from cohorts.matching.service.weighing import own_weights
from consortium.database import db
from consortium.errors import Refusal
from consortium.words import say
from events import facade

MOST_FOR_STATES = 1_000
"""Up to so many people the rule “only other states” is tried out, or two sides are kept apart:
either names every pair."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Whom to find peers for, and by which rules: plain values, read at one moment."""

    institute_id: UUID
    wish: Wish
    by_site: bool
    questions: tuple[Question, ...]
    """One, or what holds now and what would hold instead."""
    faces: Mapping[str, Face]
    former: frozenset[Pair] | None = None
    """The draft that is made anew."""
    accepted: frozenset[Pair] = frozenset()
    """Published pairs that stay; they are no part of the draft."""
    unkept: tuple[Pair, ...] = ()
    """Locked pairs that the rules do not allow any more."""
    late: bool = False


def gather(institute_id: UUID, wish: Wish | None = None) -> Group:
    """Read who takes part, who agreed, who has met whom, and what was said of pairs.

    Raises ``Refusal`` where there is no draft to make anew, or nothing published for late
    joiners to be added to.
    """
    wish = wish or Wish()
    draft = _draft(institute_id) if wish.kind is SearchKind.AGAIN else None
    if wish.kind is SearchKind.AGAIN and draft is None:
        raise Refusal(say("There is no draft to find again. Find peers first."))
    late = wish.kind is SearchKind.LATE or (draft is not None and draft.late)
    live = live_pairs(institute_id) if late else set()
    if late and not live:
        raise Refusal(say("Nothing is published yet that late joiners could be added to."))
    if draft is not None:
        wish = replace(
            wish,
            each=draft.each,
            other=draft.other_id,
            own_group=draft.own_group,
            other_group=draft.other_group,
        )
    own, others = sides_of(institute_id, _between(wish))
    everyone = {**own, **others}
    by_site = all(
        facade.institute_with(id_).by_site for id_ in {institute_id, wish.other or institute_id}
    )
    said = limits()
    people = {
        id_: person
        for id_, person in everyone.items()
        if person.view.wants_peers and not said.get(id_, NO_LIMIT).paused
    }
    accepted = {pair for pair in live if people.keys() >= set(pair)}
    before = by_person(met() - accepted)
    kept, active = by_person(accepted), active_peers()
    apart = by_person(forbidden())
    colleagues = colleagues_in(everyone, by_site=by_site)
    disputed = barred_by_dispute(people, standings())
    same_side = _same_side(people, own) if wish.other else {}
    matched = {
        str(id_): as_matched(
            person,
            by_site=by_site,
            most=places_of(
                said.get(id_, NO_LIMIT),
                each=wish.each,
                active=active.get(id_, 0),
                kept=len(kept.get(id_, ())),
            ),
            never=_never(id_, before, apart, colleagues, disputed, same_side),
        )
        for id_, person in people.items()
    }
    weights = weights_from(own_weights().said)
    pins, unkept = _sensible(_texts(pinned(institute_id)), matched, weights, _texts(accepted))
    former = _texts(accepted) if late else None
    drafted: list[Pair] = []
    if draft is not None:
        drafted = _texts((match.first_id, match.second_id) for match in draft.matches)
        former = [*(former or ()), *drafted]
    paired = {id_ for pair in former or () for id_ in pair}
    question = Question(
        people=tuple(matched.values()),
        weights=weights,
        former=None if former is None else tuple(former),
        pinned=tuple(pins),
        accepted=tuple(_texts(accepted)),
        newcomers=() if former is None else tuple(id_ for id_ in matched if id_ not in paired),
    )
    return Group(
        institute_id=institute_id,
        wish=wish,
        by_site=by_site,
        questions=(question, _instead(question, wish))
        if wish.kind is SearchKind.WHAT_IF
        else (question,),
        faces=_faces(people, by_site=by_site),
        former=frozenset(drafted) if draft is not None else None,
        accepted=frozenset(_texts(accepted)),
        unkept=tuple(unkept),
        late=late,
    )


def _instead(question: Question, wish: Wish) -> Question:
    """Return the same question by the rules that are tried out."""
    weights = weights_from(wish.weights) if wish.weights is not None else question.weights
    if wish.only_close_roles:
        weights = replace(weights, role_other=None)
    if wish.needs_common_ground:
        weights = replace(weights, role_is_enough=False)
    people = question.people
    if wish.other_states:
        if len(people) > MOST_FOR_STATES:
            raise Refusal(
                say(
                    "“Only other states” can be tried with at most %(most)s people.",
                    most=f"{MOST_FOR_STATES:,}",
                )
            )
        people = tuple(_without_state(people))
    return replace(question, people=people, weights=weights)


def _without_state(people: Collection[EnginePerson]) -> Iterable[EnginePerson]:
    for person in people:
        same = {other.id for other in people if other.state == person.state}
        yield replace(person, never=person.never | same - {person.id})


def _sensible(
    wanted: Iterable[Pair],
    people: Mapping[str, EnginePerson],
    weights: Weights,
    accepted: Iterable[Pair],
) -> tuple[list[Pair], list[Pair]]:
    """Part the locked pairs into those that can be, all together, and those that cannot."""
    pins: list[Pair] = []
    unkept: list[Pair] = []
    taken: dict[str, set[str]] = {id_: set() for id_ in people}
    for one, other in accepted:
        taken[one].add(people[other].lea)
        taken[other].add(people[one].lea)
    known = set(accepted)
    for one, other in sorted(wanted):
        if (one, other) in known:
            continue
        fits = one in people and other in people
        if fits:
            first, second = people[one], people[other]
            fits = (
                not bars(first, second, weights)
                and len(taken[one]) < first.most
                and len(taken[other]) < second.most
                and second.lea not in taken[one]
                and first.lea not in taken[other]
            )
        if fits:
            taken[one].add(people[other].lea)
            taken[other].add(people[one].lea)
        (pins if fits else unkept).append((one, other))
    return pins, unkept


def _between(wish: Wish) -> Between:
    return Between(other_id=wish.other, own_group=wish.own_group, other_group=wish.other_group)


def _same_side(people: Mapping[UUID, Person], own: Collection[UUID]) -> Mapping[UUID, set[UUID]]:
    """Return with whom everyone is on one side of a round between two: they do not meet."""
    if len(people) > MOST_FOR_STATES:
        raise Refusal(
            say(
                "A round between two can have at most %(most)s people. Choose groups.",
                most=f"{MOST_FOR_STATES:,}",
            )
        )
    here = {id_ for id_ in people if id_ in own}
    there = set(people) - here
    return {id_: (here if id_ in here else there) - {id_} for id_ in people}


def _never(id_: UUID, *whom: Mapping[UUID, Collection[UUID]]) -> set[UUID]:
    return {other for each in whom for other in each.get(id_, ())}


def _draft(institute_id: UUID) -> MatchRun | None:
    return db.session.scalar(
        select(MatchRun).where(
            MatchRun.institute_id == institute_id, MatchRun.published_at.is_(None)
        )
    )


def _texts(pairs: Iterable[tuple[UUID, UUID]]) -> list[Pair]:
    return sorted((str(one), str(other)) for one, other in pairs)


def _faces(people: Mapping[UUID, Person], *, by_site: bool) -> Mapping[str, Face]:
    return {str(id_): face_of(person, by_site=by_site) for id_, person in people.items()}
