"""Lessons: what a partnership shares with others, in a text to which both sides agreed."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from cohorts.learning.domain.partners import TableSide
from cohorts.reflections.domain.topics import TOPICS
from cohorts.reflections.domain.visibility import ReflectionRefused
from consortium.directory.domain import folded
from consortium.words import Sentence, say

SHORTEST, LONGEST = 40, 4000
SHORTEST_NAME = 4
WORDING = say(
    "I agree, for my side, that exactly this text is shown with the name of our district to "
    "everyone in the cohorts and institutes of this consortium and to its staff. I can take this "
    "back at any time; then nobody sees it any more."
)
"""What both leads read who agree; kept with each agreement."""


@dataclass(frozen=True, kw_only=True)
class LessonText:
    """Everything that is shown of a lesson, and so everything that both sides agree to."""

    title: str
    topic: str
    body: str

    @property
    def digest(self) -> str:
        """What is another text whenever one letter is another."""
        said = json.dumps([self.title, self.topic, self.body], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """One side's agreement to a text."""

    side: TableSide
    person_id: UUID
    digest: str
    named: bool
    """Whether this person may be named as who can be asked."""
    for_reports: bool
    """Whether reports to funders may tell it."""
    withdrawn: bool = False


def check_lesson(text: LessonText, names: Iterable[str]) -> None:
    """Refuse a text that says too little, or that names someone.

    ``names`` are the partnership's people: whoever wants to be named says so when agreeing. Raises
    ``ReflectionRefused`` with the field.
    """
    if len(text.title.strip()) < 3:  # noqa: PLR2004  (letters)
        raise ReflectionRefused(say("Give the lesson a title."), field="title")
    if text.topic not in TOPICS:
        raise ReflectionRefused(say("Choose a topic from the list."), field="topic")
    if not SHORTEST <= len(text.body.strip()) <= LONGEST:
        raise ReflectionRefused(
            say(
                "Write %(least)s to %(most)s letters: what you tried, and what came of it.",
                least=SHORTEST,
                most=f"{LONGEST:,}",
            ),
            field="body",
        )
    for field, said in (("title", text.title), ("body", text.body)):
        named = sorted(one for one in names if _named_in(one, said))
        if named:
            raise ReflectionRefused(
                say(
                    "The text names %(who)s. Write the office instead; whoever wants to be named "
                    "says so when agreeing.",
                    who=", ".join(named),
                ),
                field=field,
            )


def standing(agreements: Iterable[Agreed], digest: str) -> frozenset[TableSide]:
    """Return the sides that agree to exactly this text."""
    return frozenset(one.side for one in agreements if not one.withdrawn and one.digest == digest)


def is_published(agreements: Collection[Agreed], digest: str) -> bool:
    """Tell whether others see it: both sides agree to exactly this text."""
    return standing(agreements, digest).issuperset(TableSide)


def may_report(agreements: Collection[Agreed], digest: str) -> bool:
    """Tell whether a report to a funder may tell it: both sides said so of this text."""
    said = [one for one in agreements if not one.withdrawn and one.digest == digest]
    return is_published(agreements, digest) and all(one.for_reports for one in said)


def search_words(query: str) -> tuple[str, ...]:
    """Return the words of a search as texts are compared; at most ten count."""
    return tuple(dict.fromkeys(folded(query).split()))[:10]


def search_text(text: LessonText) -> str:
    """Return what a search looks through: title, topic and text."""
    topic: Sentence | str = TOPICS.get(text.topic, text.topic)
    return f" {folded(' '.join((text.title, str(topic), text.body)))} "


def _named_in(name: str, text: str) -> bool:
    if len(name.strip()) < SHORTEST_NAME:
        return False
    return re.search(rf"\b{re.escape(folded(name))}\b", folded(text)) is not None
