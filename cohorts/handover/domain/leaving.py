"""Somebody leaves an office: what is written down, and when it makes no sense."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from consortium.errors import Refusal
from consortium.words import say

LONG_AGO = timedelta(days=400)


class HandoverRefused(Refusal):
    """It cannot be written down, or handed over, this way."""


@dataclass(frozen=True, kw_only=True)
class Successor:
    """Who follows: somebody of the partnership, or somebody new."""

    person_id: UUID | None = None
    name: str = ""
    email: str = ""

    @property
    def named(self) -> bool:
        """Whether it says who."""
        return self.person_id is not None or bool(self.name and self.email)


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """That somebody left, and who follows."""

    person_id: UUID
    left_on: date
    """Their last day."""
    follows: str
    """``named``, ``interim`` or ``open``."""
    successor: Successor
    note: str = ""


def check_leaving(leaving: Leaving, *, today: date) -> None:
    """Raise ``HandoverRefused`` for a day that has not come, or is long past, or nobody named."""
    if leaving.left_on > today:
        raise HandoverRefused(
            say(
                "Seats end at once. Write it down on the last day itself, or after it: until then "
                "the person is needed there."
            ),
            field="left_on",
        )
    if leaving.left_on < today - LONG_AGO:
        raise HandoverRefused(
            say("That is more than a year ago. Write the last day down under “Offices over time”."),
            field="left_on",
        )
    check_successor(leaving.successor, follows=leaving.follows, leaver=leaving.person_id)


def check_successor(successor: Successor, *, follows: str, leaver: UUID) -> None:
    """Raise ``HandoverRefused`` where nobody is named who should be, or the same person is."""
    if follows == "open":
        return
    if not successor.named:
        raise HandoverRefused(
            say("Choose who follows, or write the name and e-mail address of somebody new."),
            field="successor",
        )
    if successor.person_id == leaver:
        raise HandoverRefused(say("Nobody follows themselves."), field="successor")
