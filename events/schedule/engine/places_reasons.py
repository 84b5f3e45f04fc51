"""Why someone has this place and not another: the facts, and the sentences that the person reads.

Only what is so is said: whether a session is full, who of one's team is in it, and whether anybody
has a new place there who wanted it less. Where that is so, the allotment as a whole is why: it is
the best there is, so that no exchange of places gives people better choices.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from consortium.words import Sentence
from events.schedule.engine.places_columns import sets_apart, team_of
from events.schedule.engine.places_model import Allotment, Given, Missed, Person, Question
from events.schedule.engine.places_words import what_is_given, why_it_was_missed


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one person gets in one round, and why."""

    person: str
    round: str
    given: tuple[Given, ...]
    missed: tuple[Missed, ...]
    position: int
    """Which choice the best of the new places is, 1 being the first; 0 where none was ranked."""
    short: int
    """How many places of the round the person does not get."""
    sentences: tuple[Sentence, ...]


def answers(
    question: Question,
    allotment: Allotment,
    *,
    titles: Mapping[str, str],
    wanted_first: Mapping[str, int] | None = None,
    best: bool = True,
) -> tuple[Answer, ...]:
    """Return the answer to everyone who ranked or got something, by person and round.

    ``wanted_first`` says by session how many put it first, where others were asked before;
    ``best`` whether most first choices, then most second ones …, were sought for all at once.
    """
    facts = _Facts(question=question, allotment=allotment, sought=best, counted=wanted_first)
    short = Counter(allotment.short)
    return tuple(
        _answer(facts, person, round_, short[person.id, round_], titles)
        for person in sorted(question.people, key=lambda one: one.id)
        for round_ in facts.rounds_of(person)
    )


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """What is asked again and again of one allotment."""

    question: Question
    allotment: Allotment
    sought: bool
    counted: Mapping[str, int] | None

    @cached_property
    def best(self) -> bool:
        """Whether no exchange of places could give people better choices, as they ranked them."""
        free = not any(one.pinned or one.barred for one in self.question.people)
        return self.sought and free and self.allotment.proven

    @cached_property
    def people(self) -> Mapping[str, Person]:
        return {person.id: person for person in self.question.people}

    @cached_property
    def round_of(self) -> Mapping[str, str]:
        return {offer.id: offer.round for offer in self.question.offers}

    @cached_property
    def orders(self) -> Mapping[tuple[str, str], list[str]]:
        """What everyone ranked in each round, the most wanted first."""
        found: dict[tuple[str, str], list[str]] = {}
        for person in self.question.people:
            wishes = person.wishes
            order = person.order or sorted(wishes, key=lambda one: (wishes[one], one))
            for session in order:
                if session in self.round_of:
                    found.setdefault((person.id, self.round_of[session]), []).append(session)
        return found

    @cached_property
    def places(self) -> Mapping[str, int | None]:
        return {offer.id: offer.places for offer in self.question.offers}

    @cached_property
    def had(self) -> Mapping[str, tuple[Given, ...]]:
        """What each person has, in all rounds."""
        found: dict[str, list[Given]] = {}
        for one in self.allotment.given:
            found.setdefault(one.person, []).append(one)
        return {person: tuple(some) for person, some in found.items()}

    @cached_property
    def ranks_there(self) -> Mapping[str, list[int | None]]:
        """How those who got a new place in a session had ranked it."""
        found: dict[str, list[int | None]] = {}
        for one in self.allotment.given:
            if not one.fixed:
                rank = self.rank(self.people[one.person], one.session)
                found.setdefault(one.session, []).append(rank)
        return found

    @cached_property
    def pinned_there(self) -> Counter[str]:
        """How many the host puts into a session."""
        return Counter(session for one in self.question.people for session in one.pinned)

    @cached_property
    def fixed_there(self) -> Counter[str]:
        """How many have a place in a session that was not dealt now."""
        return Counter(one.session for one in self.allotment.given if one.fixed)

    @cached_property
    def teams_there(self) -> Counter[tuple[str, str]]:
        """How many of each team are in each session."""
        team = {person.id: team_of(person) for person in self.question.people}
        return Counter((team[one.person], one.session) for one in self.allotment.given)

    @cached_property
    def wanted_first(self) -> Mapping[str, int]:
        """How many people put a session first in its round."""
        if self.counted is not None:
            return self.counted
        return Counter(order[0] for order in self.orders.values())

    @cached_property
    def excludes(self) -> Mapping[str, frozenset[str]]:
        """Which sessions nobody has beside a session, in whatever round."""
        shut: dict[str, set[str]] = {}
        for one in sets_apart(self.question):
            for session in one:
                shut.setdefault(session, set()).update(one - {session})
        return {session: frozenset(others) for session, others in shut.items()}

    def rounds_of(self, person: Person) -> list[str]:
        """Return the rounds in which someone asked for something or has something."""
        sessions: Iterable[str] = {*person.wishes, *person.order, *person.also, *person.fixed}
        return sorted({self.round_of[one] for one in sessions if one in self.round_of})

    def rank(self, person: Person, session: str) -> int | None:
        """Return how someone ranked a session; what is barred counts as well."""
        order = self.order(person, self.round_of[session])
        if not person.order:
            return person.wishes.get(session)
        return order.index(session) + 1 if session in order else None

    def order(self, person: Person, round_: str) -> list[str]:
        """Return what someone ranked in a round, the most wanted first."""
        return self.orders.get((person.id, round_), [])


def _answer(
    facts: _Facts, person: Person, round_: str, short: int, titles: Mapping[str, str]
) -> Answer:
    order = facts.order(person, round_)
    every = facts.had.get(person.id, ())
    given = tuple(one for one in every if facts.round_of[one.session] == round_)
    has = {one.session for one in given}
    # Of a round with one pick nothing else is to be had anyway.
    alone = has if facts.question.picks.get(round_, 1) == 1 else set()
    if order and not given:
        short = max(1, short)  # also where everything was barred from the beginning
    new = [one.session for one in given if not one.fixed or one.session in person.pinned]
    fresh = [one.session for one in given if not one.fixed]
    positions = [order.index(one) + 1 for one in fresh if one in order]
    last = max(positions, default=0)
    if short or not given or len(positions) < len(fresh):
        last = len(order)
    missed = tuple(
        _missed(facts, person, session, position, {one.session for one in every} - alone)
        for position, session in enumerate(order[:last], start=1)
        if session not in has
    )
    return Answer(
        person=person.id,
        round=round_,
        given=given,
        missed=missed,
        position=min((order.index(one) + 1 for one in new if one in order), default=0),
        short=short,
        sentences=(
            *what_is_given(
                order,
                kept=[titles[one.session] for one in given if one.session not in new],
                pinned=[titles[one] for one in new if one in person.pinned],
                fresh=fresh,
                missed=missed,
                short=bool(short),
            ),
            *why_it_was_missed(missed[:1], titles, facts.places, best=facts.best),
        ),
    )


def _missed(
    facts: _Facts, person: Person, session: str, position: int, elsewhere: set[str]
) -> Missed:
    beside = sorted(facts.excludes.get(session, frozenset()) & elsewhere)
    mine = facts.rank(person, session) or 0
    there = facts.ranks_there.get(session, [])
    pinned = facts.pinned_there[session]
    return Missed(
        session=session,
        position=position,
        barred=person.barred.get(session, ""),
        instead_of=beside[0] if beside else "",
        wanted_first=facts.wanted_first.get(session, 0),
        placed=len(there),
        wanted_less=sum(rank is None or rank > mine for rank in there),
        before=facts.fixed_there[session] - pinned,
        pinned=pinned,
        colleagues=facts.teams_there[team_of(person), session],
    )
