"""What peer matching tells people: plain values, no rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from consortium.words import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Face:
    """What of someone may stand in a reason that is told to a peer."""

    unit: str
    """What two peers do not have in common: the LEA, or the site in it."""
    lea: str
    role_code: str
    role_label: str
    state: str = ""
    locale: str = ""
    enrollment: int | None = None
    asks: str = ""
    offers: str = ""


class Reader(StrEnum):
    """Whom of a pair a reason addresses."""

    BOTH = auto()
    FIRST = auto()
    SECOND = auto()


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why two people should meet, said to one of them or to both."""

    to: Reader
    template: str
    values: Mapping[str, Any]
    """Plain values, or sentences that are translated by themselves."""

    @property
    def sentence(self) -> Sentence:
        """The reason as a sentence that can be translated."""
        return say(self.template, **self.values)
