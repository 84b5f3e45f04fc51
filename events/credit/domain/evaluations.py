"""Questions after an institute: how they are asked, read and summed up without naming anyone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any

from consortium.words import Sentence, say
from events.credit.domain.rules import CreditRefused

FEWEST = 5
"""Fewer answers than this are not shown: people could tell whose they are."""
LEAST, MOST = 1, 5
HIGH = 4
LONGEST = 2_000
MOST_QUESTIONS = 30
MOST_OPTIONS = 12
RATING = "session:"
"""What begins the code of a session's rating."""
SURVEY = "survey"


class Kind(StrEnum):
    """What an answer is."""

    SCALE = auto()  # 1 to 5
    CHOICE = auto()  # one of the host's options
    TEXT = auto()


KIND_WORDS: Mapping[Kind, Sentence] = {
    Kind.SCALE: say("1 to 5"),
    Kind.CHOICE: say("One of several answers"),
    Kind.TEXT: say("Own words"),
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question."""

    code: str
    words: str
    kind: Kind = Kind.SCALE
    options: tuple[str, ...] = ()
    low: str = ""
    """What 1 means; empty: the usual words."""
    high: str = ""
    needed: bool = False


USUAL: tuple[Item, ...] = (
    Item(
        code="useful",
        words="What I learned here will help our partnership at home.",
        low="Not at all",
        high="Very much",
        needed=True,
    ),
    Item(
        code="well-run",
        words="The institute was well organized and worth the time.",
        low="Not at all",
        high="Very much",
        needed=True,
    ),
    Item(code="worked", words="What worked well?", kind=Kind.TEXT),
    Item(code="change", words="What should change next time?", kind=Kind.TEXT),
)
"""As the exit survey of California's first symposium in 2015: two items from 1 to 5, of which
over nine in ten people gave a 4 or 5; and what to keep and to change."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """How many gave one answer."""

    label: str
    n: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a question's answers come to; nothing of it where they are too few."""

    item: Item
    n: int
    shown: bool
    mean: float | None = None
    high_percent: int | None = None
    """Share that gave 4 or 5."""
    bars: tuple[Bar, ...] = ()
    texts: tuple[str, ...] = field(default=(), repr=False)


def read_items(stored: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    """Return the questions as they are stored."""
    return tuple(
        Item(
            code=one["code"],
            words=one["words"],
            kind=Kind(one["kind"]),
            options=tuple(one.get("options", ())),
            low=one.get("low", ""),
            high=one.get("high", ""),
            needed=bool(one.get("needed")),
        )
        for one in stored
    )


def written_items(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Return questions as they are stored."""
    return [
        {
            "code": item.code,
            "words": item.words,
            "kind": item.kind.value,
            **({"options": list(item.options)} if item.options else {}),
            **({"low": item.low} if item.low else {}),
            **({"high": item.high} if item.high else {}),
            **({"needed": True} if item.needed else {}),
        }
        for item in items
    ]


def check_items(items: Sequence[Item]) -> None:
    """Raise ``CreditRefused`` for questions nobody could answer."""
    if not items:
        raise CreditRefused(say("Ask at least one question."))
    if len(items) > MOST_QUESTIONS:
        raise CreditRefused(say("Ask at most %(n)s questions.", n=MOST_QUESTIONS))
    for item in items:
        few = item.kind is Kind.CHOICE and len(set(item.options)) < 2  # noqa: PLR2004
        if few or len(item.options) > MOST_OPTIONS:
            raise CreditRefused(
                say(
                    "“%(words)s” needs from two to %(most)s different answers to choose from.",
                    words=item.words,
                    most=MOST_OPTIONS,
                )
            )


def check_answers(items: Iterable[Item], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers as they are kept. Raises ``CreditRefused`` for what is needed or wrong."""
    kept: dict[str, Any] = {}
    for item in items:
        value = said.get(item.code)
        if value in (None, ""):
            if item.needed:
                raise CreditRefused(say("Answer “%(words)s”.", words=item.words), field=item.code)
            continue
        known = {
            Kind.SCALE: value in range(LEAST, MOST + 1),
            Kind.CHOICE: value in item.options,
            Kind.TEXT: isinstance(value, str) and len(value) <= LONGEST,
        }[item.kind]
        if not known:
            raise CreditRefused(say("This is no answer to choose."), field=item.code)
        kept[item.code] = value
    return kept


def results(items: Iterable[Item], answers: Sequence[Mapping[str, Any]]) -> tuple[Result, ...]:
    """Return what each question's answers come to; those with few answers show nothing."""
    return tuple(
        _result(item, [one[item.code] for one in answers if item.code in one]) for item in items
    )


def opens_at(
    sessions: Iterable[tuple[str, datetime, datetime]], last_day: datetime | None
) -> datetime | None:
    """Return when people may answer: with the survey that closes the programme, or at its end.

    ``sessions`` are kind, begin and end of each; ``last_day`` is the end of the last day, where
    the programme has no times. ``None``: nothing has a date yet.
    """
    known = sorted(sessions, key=lambda one: (one[2], one[1]))
    if not known:
        return last_day
    kind, begins, ends = known[-1]
    return begins if kind == SURVEY else ends


def is_closed(closes_on: date | None, today: date) -> bool:
    """Tell whether the last day for answers is over."""
    return closes_on is not None and today > closes_on


def _result(item: Item, values: list[Any]) -> Result:
    n = len(values)
    if n < FEWEST:
        return Result(item=item, n=n, shown=False)
    if item.kind is Kind.TEXT:
        return Result(item=item, n=n, shown=True, texts=tuple(sorted(values, key=str.casefold)))
    if item.kind is Kind.CHOICE:
        return Result(item=item, n=n, shown=True, bars=_bars(values, item.options, item.options))
    marks = tuple(range(LEAST, MOST + 1))
    high = sum(value >= HIGH for value in values)
    return Result(
        item=item,
        n=n,
        shown=True,
        mean=round(sum(values) / n, 2),
        high_percent=_percent(high, n),
        bars=_bars(values, marks, tuple(str(mark) for mark in marks)),
    )


def _bars(values: Sequence[Any], marks: Sequence[Any], labels: Sequence[str]) -> tuple[Bar, ...]:
    counts = [sum(value == mark for value in values) for mark in marks]
    return tuple(
        Bar(label=label, n=n, percent=_percent(n, len(values)))
        for label, n in zip(labels, counts, strict=True)
    )


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole)
