"""An instrument as the editor hands it over: lines of text, which keep their codes.

A code says that two versions ask the same. A statement whose words change is another statement, so
it gets another code, and results compare only what people really read twice.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from cohorts.surveys.domain.instruments import (
    CODE,
    Instrument,
    NetworkModule,
    OpenQuestion,
    Permission,
    Scale,
    Statement,
    Topic,
)
from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.domain.starter import TURNED
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class ScaleDraft:
    """One scale as lines: labels, the lowest first, and statements."""

    code: str
    title: str
    points: int
    labels: tuple[str, ...]
    lines: tuple[str, ...]
    """``(R)`` before a statement says that it is turned round."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An instrument as someone typed it."""

    title: str
    introduction: str
    permission: Mapping[str, Any]
    scales: Sequence[ScaleDraft]
    network_words: str
    topics: tuple[str, ...]
    most: int
    questions: tuple[str, ...]


def drafted(draft: Draft, former: Instrument | None) -> Instrument:
    """Return the instrument; what says the same as in the former version keeps its code.

    Raises ``SurveyRefused`` for what no instrument can hold.
    """
    if draft.topics and not draft.network_words:
        raise SurveyRefused(
            say("Write the question that the topics belong to."), field="network_words"
        )
    try:
        return Instrument(
            title=draft.title,
            introduction=draft.introduction,
            permission=Permission(**draft.permission),
            scales=tuple(_scales(draft.scales, former)),
            network=_network(draft, former),
            questions=tuple(
                OpenQuestion(code=code, words=words)
                for code, words in _coded(
                    draft.questions,
                    {one.words: one.code for one in former.questions} if former else {},
                )
            ),
        )
    except ValidationError as error:
        raise _refused(error) from error


def lines_of(scale: Scale) -> str:
    """Return a scale's statements as the editor shows them."""
    return "\n".join(
        f"{TURNED} {one.words}" if one.reversed else one.words for one in scale.statements
    )


def code_for(words: str, taken: Iterable[str]) -> str:
    """Return a code made of words that nothing else has."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    begins = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "item"
    known = set(taken)
    code, n = begins, 2
    while code in known:
        code, n = f"{begins}-{n}", n + 1
    return code


def _scales(drafts: Sequence[ScaleDraft], former: Instrument | None) -> Iterable[Scale]:
    taken: set[str] = set()
    used = {one.code for one in former.statements} if former else set()
    for draft in drafts:
        old = former.scale_of(draft.code) if former else None
        kept = draft.code if CODE.fullmatch(draft.code) and draft.code not in taken else ""
        code = kept or code_for(draft.title, taken)
        taken.add(code)
        words = {(one.words, one.reversed): one.code for one in old.statements} if old else {}
        statements: list[Statement] = []
        for line in draft.lines:
            turned = line.upper().startswith(TURNED)
            said = line[len(TURNED) :].strip() if turned else line
            same = words.pop((said, turned), None)
            own = same or code_for(f"{code} {len(statements) + 1}", used)
            used.add(own)
            statements.append(Statement(code=own, words=said, reversed=turned))
        yield Scale(
            code=code,
            title=draft.title,
            points=7 if draft.points == 7 else 5,  # noqa: PLR2004  (the two there are)
            labels=draft.labels,
            statements=tuple(statements),
        )


def _network(draft: Draft, former: Instrument | None) -> NetworkModule | None:
    if not draft.network_words and not draft.topics:
        return None
    old = former.network if former else None
    known = {one.words: one.code for one in old.topics} if old else {}
    return NetworkModule(
        words=draft.network_words,
        topics=tuple(Topic(code=code, words=words) for code, words in _coded(draft.topics, known)),
        most=draft.most,
    )


def _coded(lines: Sequence[str], known: Mapping[str, str]) -> list[tuple[str, str]]:
    taken = set(known.values())
    left = dict(known)
    found: list[tuple[str, str]] = []
    for line in lines:
        code = left.pop(line, None) or code_for(line, taken)
        taken.add(code)
        found.append((code, line))
    return found


def _refused(error: ValidationError) -> SurveyRefused:
    """Return the first thing that is wrong, as a sentence that names what it is about."""
    first = error.errors()[0]
    place, limits = first["loc"], first.get("ctx", {})
    said = first["input"]
    if first["type"] == "string_too_long":
        return SurveyRefused(
            say(
                "“%(begin)s …” is too long: use at most %(n)s characters.",
                begin=str(said)[:40],
                n=limits["max_length"],
            )
        )
    if first["type"] == "too_long":
        return SurveyRefused(
            say("These are too many lines: write at most %(n)s.", n=limits["max_length"])
        )
    if first["type"] in {"too_short", "string_too_short"}:
        topics = "topics" in place
        return SurveyRefused(
            say("Name at least one topic.") if topics else say("Write at least one statement."),
            field="topics" if topics else None,
        )
    return SurveyRefused(say("This cannot be stored: %(why)s.", why=first["msg"]))
