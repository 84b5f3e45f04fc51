"""Instruments as data: statements on scales, open questions, and who talks to whom about what.

The same shapes read a file, what is stored, and what the editor hands over. What no shape can say
of one part beside another, ``faults_of`` tells with its place.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum, auto
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from consortium.words import Sentence, say

FEWEST_POINTS = 5
MOST_POINTS = 7
MOST_STATEMENTS = 120
LONGEST_TEXT = 2_000
LARGEST_FILE = 512 * 1024
"""Bytes; an instrument at its limits has a fifth of it."""

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def _code(text: str) -> str:
    if not CODE.fullmatch(text):
        raise PydanticCustomError("code", "Write small letters, digits and hyphens, at most 60")
    return text


Code = Annotated[str, AfterValidator(_code)]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Place = tuple[str | int, ...]


class Ground(StrEnum):
    """Why a host may use the wording."""

    OWN = auto()
    GRANTED = auto()
    FREE = auto()


GROUND_WORDS: dict[Ground, Sentence] = {
    Ground.OWN: say("We wrote it ourselves"),
    Ground.GRANTED: say("Its owner allowed us to use it"),
    Ground.FREE: say("Its licence lets anyone use it"),
}


class Shape(BaseModel):
    """A part of an instrument: nothing unknown in it, nothing taken for something else."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Permission(Shape):
    """Who allowed the wording, when, and where the letter is."""

    ground: Ground = Field(default=Ground.OWN, strict=False)
    holder: str = Field(default="", max_length=200)
    on: Annotated[date | None, Field(strict=False)] = None
    letter: str = Field(default="", max_length=300)


class Statement(Shape):
    """One statement of a scale."""

    code: Code
    words: Line
    reversed: bool = False
    """Agreeing means less of what the scale measures; it is turned round before it is counted."""


class Scale(Shape):
    """Statements that together measure one thing, all answered by the same points."""

    code: Code
    title: Line
    points: Literal[5, 7] = 5
    labels: tuple[Line, ...] = Field(strict=False)
    """What each point means, the lowest first."""
    statements: tuple[Statement, ...] = Field(min_length=1, max_length=30, strict=False)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its statements."""
        return frozenset(one.code for one in self.statements)


class OpenQuestion(Shape):
    """A question answered in one's own words."""

    code: Code
    words: Line


class Topic(Shape):
    """Something people talk about with each other at work."""

    code: Code
    words: Line


class NetworkModule(Shape):
    """Whom everyone communicates with, topic by topic."""

    words: Line
    topics: tuple[Topic, ...] = Field(min_length=1, max_length=12, strict=False)
    most: int = Field(default=30, ge=1, le=100)
    """How many people one may name."""


class Instrument(Shape):
    """All that is asked."""

    format: Literal["consortium-survey/1"] = "consortium-survey/1"
    title: Line
    introduction: str = Field(default="", max_length=LONGEST_TEXT)
    permission: Permission = Permission()
    scales: tuple[Scale, ...] = Field(default=(), max_length=20, strict=False)
    network: NetworkModule | None = None
    questions: tuple[OpenQuestion, ...] = Field(default=(), max_length=10, strict=False)

    @property
    def statements(self) -> Sequence[Statement]:
        """All statements, in the order in which they are asked."""
        return [one for scale in self.scales for one in scale.statements]

    @property
    def topics(self) -> tuple[str, ...]:
        """The codes of the topics that are asked about."""
        return tuple(one.code for one in self.network.topics) if self.network else ()

    def scale_of(self, code: str) -> Scale | None:
        """Return the scale with this code, if it has one."""
        return next((one for one in self.scales if one.code == code), None)


def faults_of(instrument: Instrument) -> Iterator[tuple[Place, Sentence]]:
    """Give what is wrong between parts that are each well written: where, and what to mend."""
    if not instrument.scales and instrument.network is None and not instrument.questions:
        yield (), say("It asks nothing. Add a scale, a network question or an open question.")
    if len(instrument.statements) > MOST_STATEMENTS:
        yield ("scales",), say("Ask for at most %(n)s statements.", n=MOST_STATEMENTS)
    for n, scale in enumerate(instrument.scales):
        if len(scale.labels) != scale.points:
            yield (
                ("scales", n, "labels"),
                say(
                    "A scale of %(points)s points needs %(points)s labels; here are %(n)s.",
                    points=scale.points,
                    n=len(scale.labels),
                ),
            )
        yield from _doubled(("scales", n, "labels"), scale.labels, say("This label"))
    yield from _doubled_codes(instrument)
    yield from _unproved(instrument.permission)


def _doubled_codes(instrument: Instrument) -> Iterator[tuple[Place, Sentence]]:
    scales: list[tuple[Place, str]] = []
    asked: list[tuple[Place, str]] = []
    for n, scale in enumerate(instrument.scales):
        scales.append((("scales", n, "code"), scale.code))
        asked += [
            (("scales", n, "statements", m, "code"), one.code)
            for m, one in enumerate(scale.statements)
        ]
    asked += [(("questions", n, "code"), one.code) for n, one in enumerate(instrument.questions)]
    topics: list[tuple[Place, str]] = [
        (("network", "topics", n, "code"), code) for n, code in enumerate(instrument.topics)
    ]
    for places in (scales, asked, topics):
        seen: set[str] = set()
        for place, code in places:
            if code in seen:
                yield place, say("The code “%(code)s” stands here twice.", code=code)
            seen.add(code)


def _doubled(
    place: Place, lines: Sequence[str], what: Sentence
) -> Iterator[tuple[Place, Sentence]]:
    seen: set[str] = set()
    for n, line in enumerate(lines):
        if line.casefold() in seen:
            yield (*place, n), say("%(what)s stands here twice: “%(line)s”.", what=what, line=line)
        seen.add(line.casefold())


def _unproved(permission: Permission) -> Iterator[tuple[Place, Sentence]]:
    """Give what is missing to show that the wording may be used."""
    if permission.ground is Ground.OWN:
        return
    if not permission.holder.strip():
        yield ("permission", "holder"), say("Say whose wording it is.")
    if permission.ground is Ground.GRANTED:
        if permission.on is None:
            yield ("permission", "on"), say("Say on which day the owner allowed it.")
        if not permission.letter.strip():
            yield ("permission", "letter"), say("Say where the owner's letter is kept.")
