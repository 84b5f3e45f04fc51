"""Files of ranked choices: what they may say, and the question that follows from it."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from consortium.exchange.faults import FaultyFile
from consortium.exchange.json_text import Steps, read_json
from consortium.words import Sentence, say
from events.schedule.engine.places_model import Offer, Person, Question

FORMAT: Literal["consortium-places/1"] = "consortium-places/1"
MOST = 100_000

Name = Annotated[str, Field(min_length=1, max_length=200)]
Title = Annotated[str, Field(max_length=500)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class RoundSaid(_Strict):
    """Parallel sessions of which each person has ``pick``."""

    id: Name
    title: Title = ""
    pick: Annotated[int, Field(ge=1, le=20)] = 1


class SessionSaid(_Strict):
    """One session of a round."""

    id: Name
    title: Title = ""
    round: Annotated[str, Field(max_length=200)] = ""
    places: Annotated[int, Field(ge=1, le=MOST)] | None = None
    same_content: Annotated[str, Field(max_length=200)] = ""


class PersonSaid(_Strict):
    """Someone, with what this person ranked, the most wanted first.

    A choice is a session, or a content, which means each session in which that is told. How the
    person ranked a session is its place among the choices of the same round.
    """

    id: Name
    team: Annotated[str, Field(max_length=200)] = ""
    choices: list[Name] = []
    fixed: list[Name] = []
    never: list[Name] = []


class PlacesFile(_Strict):
    """The whole file."""

    format: Literal["consortium-places/1"]
    rounds: list[RoundSaid] = []
    sessions: Annotated[list[SessionSaid], Field(max_length=MOST)]
    people: Annotated[list[PersonSaid], Field(max_length=MOST)]
    apart: list[list[Name]] = []
    any_free: bool = False
    """Whether people can be given sessions that they did not rank, where one is free."""


def read_places(file: Path) -> tuple[Question, dict[str, str]]:
    """Return what is asked, and the sessions' titles. Raises ``FaultyFile`` with every fault."""
    said, lines = read_json(file, PlacesFile)
    faults = [lines.fault(steps, sentence) for steps, sentence in _faults(said)]
    if faults:
        raise FaultyFile(file, faults)
    return question_of(said), {one.id: one.title or one.id for one in said.sessions}


def question_of(said: PlacesFile) -> Question:
    """Return the question of a file that is free of faults."""
    every = frozenset(one.id for one in said.sessions)
    round_of = {one.id: one.round for one in said.sessions}
    told = _sessions_named(said)
    return Question(
        offers=tuple(
            Offer(id=one.id, round=one.round, places=one.places, content=one.same_content)
            for one in said.sessions
        ),
        people=tuple(
            Person(
                id=one.id,
                team=one.team,
                wishes=(wishes := _wishes(one, told, round_of)),
                also=every - set(wishes) - set(one.never) if said.any_free else frozenset(),
                fixed=tuple(one.fixed),
            )
            for one in said.people
        ),
        picks={one.id: one.pick for one in said.rounds},
        apart=tuple(frozenset(one) for one in said.apart),
    )


def _sessions_named(said: PlacesFile) -> dict[str, list[str]]:
    """Return the sessions that each word for a choice means: a session's id, or a content."""
    named: dict[str, list[str]] = {}
    for one in said.sessions:
        if one.same_content:
            named.setdefault(one.same_content, []).append(one.id)
    return named | {one.id: [one.id] for one in said.sessions}


def _wishes(
    person: PersonSaid, named: Mapping[str, list[str]], round_of: Mapping[str, str]
) -> dict[str, int]:
    wishes: dict[str, int] = {}
    so_far: Counter[str] = Counter()
    for choice in person.choices:
        fresh = [one for one in named[choice] if one not in wishes and one not in person.never]
        so_far.update({round_of[one] for one in fresh})
        wishes |= {one: so_far[round_of[one]] for one in fresh}
    return wishes


def _faults(said: PlacesFile) -> Iterator[tuple[Steps, Sentence]]:
    """Give what the shape of a file does not say: names that are twice, or nobody's."""
    for part, some in (
        ("rounds", said.rounds),
        ("sessions", said.sessions),
        ("people", said.people),
    ):
        yield from _twice(part, [one.id for one in some])
    rounds = {one.id for one in said.rounds}
    for number, session in enumerate(said.sessions):
        if session.round and rounds and session.round not in rounds:
            yield ("sessions", number, "round"), _unknown("round", session.round)
    sessions = {one.id: one for one in said.sessions}
    choices = _sessions_named(said)
    for number, person in enumerate(said.people):
        yield from _named(("people", number, "choices"), person.choices, choices)
        yield from _named(("people", number, "fixed"), person.fixed, sessions)
        yield from _named(("people", number, "never"), person.never, sessions)
        yield from _of_person(number, person, said, sessions)
    for number, names in enumerate(said.apart):
        yield from _named(("apart", number), names, sessions)
    yield from _crowded(said)


def _of_person(
    number: int, person: PersonSaid, said: PlacesFile, sessions: dict[str, SessionSaid]
) -> Iterator[tuple[Steps, Sentence]]:
    picks = {one.id: one.pick for one in said.rounds}
    fixed = [sessions[name] for name in dict.fromkeys(person.fixed) if name in sessions]
    for round_, has in Counter(one.round for one in fixed).items():
        allowed = picks.get(round_, 1)
        if has > allowed:
            yield (
                ("people", number, "fixed"),
                say(
                    "“%(person)s” is fixed in %(has)s sessions of round “%(round)s”, which allows "
                    "%(allowed)s. Leave one.",
                    person=person.id,
                    has=has,
                    round=round_,
                    allowed=allowed,
                ),
            )
    told = Counter(one.same_content for one in fixed if one.same_content)
    for content, times in told.items():
        if times > 1:
            yield (
                ("people", number, "fixed"),
                say(
                    "“%(person)s” would hear “%(content)s” twice. Leave one of these sessions.",
                    person=person.id,
                    content=content,
                ),
            )
    for at, name in enumerate(person.choices):
        if name in person.never:
            yield (
                ("people", number, "choices", at),
                say("“%(name)s” is among what this person can never have. Remove one.", name=name),
            )


def _crowded(said: PlacesFile) -> Iterator[tuple[Steps, Sentence]]:
    there = Counter(name for person in said.people for name in set(person.fixed))
    for number, session in enumerate(said.sessions):
        if session.places is not None and there[session.id] > session.places:
            yield (
                ("sessions", number, "places"),
                say(
                    "%(people)s people are fixed in “%(session)s”, which takes %(places)s. Raise "
                    "its places, or fix fewer.",
                    people=there[session.id],
                    session=session.id,
                    places=session.places,
                ),
            )


def _twice(part: str, names: list[str]) -> Iterator[tuple[Steps, Sentence]]:
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield (
                (part, number, "id"),
                say("“%(name)s” stands here twice. Give each an id of its own.", name=name),
            )
        seen.add(name)


def _named(
    steps: Steps, names: list[str], sessions: Container[str]
) -> Iterator[tuple[Steps, Sentence]]:
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name not in sessions:
            yield (*steps, number), _unknown("session", name)
        elif name in seen:
            yield (*steps, number), say("“%(name)s” stands here twice. Keep one.", name=name)
        seen.add(name)


def _unknown(what: str, name: str) -> Sentence:
    return say("There is no %(what)s “%(name)s”. Correct it, or add it.", what=what, name=name)
