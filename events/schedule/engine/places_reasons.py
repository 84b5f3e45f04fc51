"""Why someone has this place and not another, as sentences that the person reads.

The sentences say only what is so: whether a session is full, who of one's team is in it, and
whether anybody has a new place there who wanted it less. Where that is so, the allotment as a whole
is why: it is the best there is, so that no exchange of places gives people better choices.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from consortium.words import Sentence, say
from events.schedule.engine.places_columns import sets_apart, team_of
from events.schedule.engine.places_model import Allotment, Given, Person, Question

ORDINALS = (
    say("first"),
    say("second"),
    say("third"),
    say("fourth"),
    say("fifth"),
    say("sixth"),
    say("seventh"),
    say("eighth"),
    say("ninth"),
    say("tenth"),
)


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A session that someone wanted more than what the person has."""

    session: str
    position: int
    """Which choice in its round it was, 1 being the first."""
    instead_of: str = ""
    """A session that the person has and that excludes it; empty where it was simply full."""
    wanted_first: int = 0
    """How many people put it first."""
    wanted_less: int = 0
    """How many have a new place in it who wanted it less."""
    colleagues: int = 0
    """How many of the person's team are in it."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one person gets in one round, and why."""

    person: str
    round: str
    given: tuple[Given, ...]
    missed: tuple[Missed, ...]
    short: int
    """How many places of the round the person does not get."""
    sentences: tuple[Sentence, ...]


def answers(
    question: Question, allotment: Allotment, *, titles: Mapping[str, str]
) -> tuple[Answer, ...]:
    """Return the answer to everyone who ranked or got something, by person and round."""
    facts = _Facts(question=question, allotment=allotment)
    short = Counter(allotment.short)
    return tuple(
        _answer(facts, person, round_, short[person.id, round_], titles)
        for person in sorted(question.people, key=lambda one: one.id)
        for round_ in facts.rounds_of(person)
    )


def choice_in_words(position: int) -> Sentence:
    """Return ``first``, ``second`` … for a choice; a number beyond the tenth."""
    if position <= len(ORDINALS):
        return ORDINALS[position - 1]
    return say("no. %(position)s", position=position)


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """What is asked again and again of one allotment."""

    question: Question
    allotment: Allotment

    @cached_property
    def round_of(self) -> Mapping[str, str]:
        return {offer.id: offer.round for offer in self.question.offers}

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
                found.setdefault(one.session, []).append(one.rank)
        return found

    @cached_property
    def teams_there(self) -> Counter[tuple[str, str]]:
        """How many of each team are in each session."""
        team = {person.id: team_of(person) for person in self.question.people}
        return Counter((team[one.person], one.session) for one in self.allotment.given)

    @cached_property
    def wanted_first(self) -> Counter[str]:
        """How many people put a session first in its round."""
        return Counter(
            order[0]
            for person in self.question.people
            for round_ in self.rounds_of(person)
            if (order := self.order(person, round_))
        )

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
        sessions: Iterable[str] = {*person.wishes, *person.also, *person.fixed}
        return sorted({self.round_of[one] for one in sessions if one in self.round_of})

    def order(self, person: Person, round_: str) -> list[str]:
        """Return what someone ranked in a round, the most wanted first."""
        mine = [one for one in person.wishes if self.round_of.get(one) == round_]
        return sorted(mine, key=lambda session: (person.wishes[session], session))


def _answer(
    facts: _Facts, person: Person, round_: str, short: int, titles: Mapping[str, str]
) -> Answer:
    order = facts.order(person, round_)
    every = facts.had.get(person.id, ())
    given = tuple(one for one in every if facts.round_of[one.session] == round_)
    has = {one.session for one in given}
    # Of a round with one pick nothing else is to be had anyway.
    alone = has if facts.question.picks.get(round_, 1) == 1 else set()
    fresh = [one for one in given if not one.fixed]
    last = max((order.index(one.session) + 1 for one in fresh if one.session in order), default=0)
    if short or not given or any(one.session not in order for one in fresh):
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
        short=short,
        sentences=(
            *_what(order, given, missed, short, titles),
            *_why(missed[:1], titles, facts.places),
        ),
    )


def _missed(
    facts: _Facts, person: Person, session: str, position: int, elsewhere: set[str]
) -> Missed:
    beside = sorted(facts.excludes.get(session, frozenset()) & elsewhere)
    mine = person.wishes[session]
    there = facts.ranks_there.get(session, [])
    return Missed(
        session=session,
        position=position,
        instead_of=beside[0] if beside else "",
        wanted_first=facts.wanted_first[session],
        wanted_less=sum(rank is None or rank > mine for rank in there),
        colleagues=facts.teams_there[team_of(person), session],
    )


def _what(
    order: list[str],
    given: tuple[Given, ...],
    missed: tuple[Missed, ...],
    short: int,
    titles: Mapping[str, str],
) -> list[Sentence]:
    """Return the sentences that say what the person has."""
    said = [
        say("You keep your place in “%(title)s”.", title=titles[one.session])
        for one in given
        if one.fixed
    ]
    full = [one for one in missed if not one.instead_of]
    fresh = sorted(
        (one for one in given if not one.fixed),
        key=lambda one: order.index(one.session) if one.session in order else len(order),
    )
    for number, one in enumerate(fresh):
        if one.session not in order:
            said.append(_not_ranked(order))
            continue
        mine = choice_in_words(order.index(one.session) + 1)
        before = len([each for each in full if each.position <= order.index(one.session)])
        if number or not before:
            said.append(say("You have your %(choice)s choice.", choice=mine))
        elif before == 1:
            said.append(
                say(
                    "Your %(missed)s choice was full; you have your %(choice)s.",
                    missed=choice_in_words(full[0].position),
                    choice=mine,
                )
            )
        else:
            said.append(
                say("What you wanted more was full; you have your %(choice)s choice.", choice=mine)
            )
    if not given and not order:
        said.append(say("No place is left that could be given to you."))
    elif short and not given:
        said.append(say("Everything that you ranked is full, so you have no place yet."))
    elif short:
        said.append(say("Everything else that you ranked is full."))
    return said


def _not_ranked(order: list[str]) -> Sentence:
    if order:
        return say("Everything that you ranked was full; you have a place that was free.")
    return say("You ranked nothing; you have a place that was free.")


def _why(
    missed: tuple[Missed, ...],
    titles: Mapping[str, str],
    places: Mapping[str, int | None],
) -> list[Sentence]:
    """Return the sentences that say why what the person wanted most was not to be had."""
    said: list[Sentence] = []
    for one in missed:
        title = titles[one.session]
        if one.instead_of:
            said.append(
                say(
                    "“%(title)s” cannot be had beside “%(other)s”, which you have.",
                    title=title,
                    other=titles[one.instead_of],
                )
            )
            continue
        said.append(
            say(
                "“%(title)s” takes %(places)s, and %(people)s put it first.",
                title=title,
                places=places[one.session],
                people=one.wanted_first,
            )
        )
        if not one.wanted_less:
            said.append(say("Nobody got a place there who wanted it less than you."))
        else:
            said.append(
                say(
                    "Placed there though they wanted it less: %(people)s. No exchange would have "
                    "given people as a whole better choices.",
                    people=one.wanted_less,
                )
            )
    if missed and missed[0].colleagues == 1:
        said.append(say("A colleague from your team is in it."))
    elif missed and missed[0].colleagues:
        said.append(
            say("Colleagues from your team in it: %(people)s.", people=missed[0].colleagues)
        )
    return said
