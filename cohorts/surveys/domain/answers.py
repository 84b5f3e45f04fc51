"""One person's answers: what may be written, and whom one may name."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cohorts.surveys.domain.instruments import LONGEST_TEXT, Instrument
from cohorts.surveys.domain.rules import SurveyRefused
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is kept of someone's answers: nothing of whose they are."""

    answers: Mapping[str, int | str]
    """By the code of a statement its point, of an open question the text."""
    named: Mapping[str, tuple[str, ...]]
    """By topic, whom they talk to."""


def read_answers(
    instrument: Instrument,
    said: Mapping[str, Any],
    named: Mapping[str, Iterable[str]],
    *,
    oneself: str,
    roster: Collection[str],
) -> Said:
    """Return the answers as they are kept. Raises ``SurveyRefused``.

    Everything may be left out, but not all of it. Who names oneself is told so; a name that has
    left the roster meanwhile is dropped, since nobody can be asked about it.
    """
    answers: dict[str, int | str] = {**_points(instrument, said), **_texts(instrument, said)}
    ties = _ties(instrument, named, oneself=oneself, roster=roster)
    if not answers and not ties:
        raise SurveyRefused(say("Nothing is answered yet. Answer at least one question."))
    return Said(answers=answers, named=ties)


def _points(instrument: Instrument, said: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for scale in instrument.scales:
        for statement in scale.statements:
            point = said.get(statement.code)
            if point is None:
                continue
            if isinstance(point, bool) or point not in range(1, scale.points + 1):
                raise SurveyRefused(say("This is no answer to choose."), field=statement.code)
            found[statement.code] = point
    return found


def _texts(instrument: Instrument, said: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for question in instrument.questions:
        text = said.get(question.code)
        if not text:
            continue
        if not isinstance(text, str) or len(text) > LONGEST_TEXT:
            raise SurveyRefused(
                say("Use at most %(n)s characters.", n=f"{LONGEST_TEXT:,}"), field=question.code
            )
        found[question.code] = text
    return found


def _ties(
    instrument: Instrument,
    named: Mapping[str, Iterable[str]],
    *,
    oneself: str,
    roster: Collection[str],
) -> dict[str, tuple[str, ...]]:
    network = instrument.network
    if network is None:
        return {}
    told = {topic: set(named.get(topic, ())) for topic in instrument.topics}
    everyone = set().union(*told.values())
    if oneself in everyone:
        raise SurveyRefused(say("You named yourself. Take your own name out."), field="people")
    known = everyone & set(roster)
    check_named(known, most=network.most)
    kept = {topic: tuple(sorted(people & known)) for topic, people in told.items()}
    return {topic: people for topic, people in kept.items() if people}


def check_named(people: Collection[str], *, most: int) -> None:
    """Raise ``SurveyRefused`` where someone names more people than are asked for."""
    if len(people) > most:
        raise SurveyRefused(
            say(
                "You named %(n)s people. Name those you talk to most, at most %(most)s.",
                n=len(people),
                most=most,
            ),
            field="people",
        )


def shuffled(texts: Sequence[str], *, salt: str) -> tuple[str, ...]:
    """Return texts in an order that says nothing of who wrote when, the same each time."""
    return tuple(sorted(texts, key=lambda text: hashlib.sha256(f"{salt}:{text}".encode()).digest()))
