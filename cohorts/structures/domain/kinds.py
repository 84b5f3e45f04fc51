"""Which bodies a partnership keeps, and how often each means to meet."""

from dataclasses import dataclass
from enum import StrEnum, auto

from consortium.words import Sentence, say


class Cadence(StrEnum):
    """How often a body means to meet."""

    WEEKLY = auto()
    TWO_WEEKS = auto()
    MONTHLY = auto()
    TWO_MONTHS = auto()
    QUARTERLY = auto()
    TWICE_A_YEAR = auto()
    YEARLY = auto()
    AS_NEEDED = auto()


CADENCE_WORDS: dict[Cadence, Sentence] = {
    Cadence.WEEKLY: say("Every week"),
    Cadence.TWO_WEEKS: say("Every two weeks"),
    Cadence.MONTHLY: say("Every month"),
    Cadence.TWO_MONTHS: say("Every two months"),
    Cadence.QUARTERLY: say("Every three months"),
    Cadence.TWICE_A_YEAR: say("Twice a year"),
    Cadence.YEARLY: say("Once a year"),
    Cadence.AS_NEEDED: say("When there is something to talk about"),
}
PERIODS: dict[Cadence, int] = {
    Cadence.WEEKLY: 7,
    Cadence.TWO_WEEKS: 14,
    Cadence.MONTHLY: 31,
    Cadence.TWO_MONTHS: 61,
    Cadence.QUARTERLY: 92,
    Cadence.TWICE_A_YEAR: 183,
    Cadence.YEARLY: 365,
}
"""Days within which one meeting is meant; nothing is expected of what meets as needed."""


class BodyKind(StrEnum):
    """What kind of standing meeting or committee it is (DOMAIN.md, sections 1.2, 1.5 and 5.3)."""

    DISTRICT_TEAM = auto()
    SCHOOL_TEAM = auto()
    CABINET_BOARD = auto()
    PRINCIPAL_REP = auto()
    OTHER = auto()


@dataclass(frozen=True, kw_only=True)
class KindWords:
    """How a kind of body is called, and how such a body usually works."""

    label: Sentence
    cadence: Cadence
    of_school: bool = False
    """Whether it belongs to one school of the LEA, which has to be named."""


KINDS: dict[BodyKind, KindWords] = {
    BodyKind.DISTRICT_TEAM: KindWords(
        label=say("District leadership team"), cadence=Cadence.MONTHLY
    ),
    BodyKind.SCHOOL_TEAM: KindWords(
        label=say("School leadership team"), cadence=Cadence.TWO_WEEKS, of_school=True
    ),
    BodyKind.CABINET_BOARD: KindWords(
        label=say("Cabinet with the union's executive board"), cadence=Cadence.MONTHLY
    ),
    BodyKind.PRINCIPAL_REP: KindWords(
        label=say("Principal with the site representative"),
        cadence=Cadence.WEEKLY,
        of_school=True,
    ),
    BodyKind.OTHER: KindWords(label=say("Something else"), cadence=Cadence.MONTHLY),
}
