"""What a host may balance applicants by, and into which part each of them falls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from consortium.directory.domain import LEA_KINDS
from consortium.words import Sentence, say
from events.registration.domain.places import place_name

UNKNOWN = "unknown"
NOT_KNOWN = say("Not known")
CITY, SUBURB, TOWN, RURAL = "1", "2", "3", "4"
"""What begins the codes of the national list: 11 to 13 city, 21 to 23 suburb, and so on."""
SMALL, MEDIUM, LARGE = 2_500, 10_000, 25_000


class Ground(StrEnum):
    """By what applicants are told apart."""

    URBANICITY = auto()
    LOCALE = auto()
    SIZE = auto()
    STATE = auto()
    KIND = auto()
    NEWNESS = auto()


class Newness(StrEnum):
    """What the LEA has to do with the consortium's earlier institutes."""

    NOT_CHOSEN = auto()
    NEW = auto()
    RETURNING = auto()


GROUNDS: Mapping[Ground, Sentence] = {
    Ground.URBANICITY: say("Urban, suburban, rural"),
    Ground.LOCALE: say("City, suburb, town, rural"),
    Ground.SIZE: say("Number of students"),
    Ground.STATE: say("State"),
    Ground.KIND: say("Kind of LEA"),
    Ground.NEWNESS: say("New or returning"),
}
_LOCALES = {CITY: "city", SUBURB: "suburb", TOWN: "town", RURAL: "rural"}
_URBANICITY = {CITY: "urban", SUBURB: "suburban", TOWN: "rural", RURAL: "rural"}
_NAMED: Mapping[Ground, Mapping[str, Sentence]] = {
    Ground.URBANICITY: {
        "urban": say("Urban (cities)"),
        "suburban": say("Suburban"),
        "rural": say("Rural (towns too)"),
    },
    Ground.LOCALE: {
        "city": say("City"),
        "suburb": say("Suburb"),
        "town": say("Town"),
        "rural": say("Rural"),
    },
    Ground.SIZE: {
        "small": say("Under 2,500 students"),
        "medium": say("2,500 to 9,999 students"),
        "large": say("10,000 to 24,999 students"),
        "very_large": say("25,000 students or more"),
    },
    Ground.NEWNESS: {
        Newness.NOT_CHOSEN.value: say("Applied before, not chosen"),
        Newness.NEW.value: say("New"),
        Newness.RETURNING.value: say("Came before"),
    },
}


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What is known of an applicant's LEA."""

    state: str
    locale: str = ""
    enrollment: int | None = None
    kind: str = ""
    newness: Newness = Newness.NEW


def stratum_of(traits: Traits, ground: Ground) -> str:
    """Return the code of the part in which an applicant is counted."""
    if ground is Ground.URBANICITY:
        return _URBANICITY.get(traits.locale[:1], UNKNOWN)
    if ground is Ground.LOCALE:
        return _LOCALES.get(traits.locale[:1], UNKNOWN)
    if ground is Ground.SIZE:
        return _size_band(traits.enrollment)
    if ground is Ground.STATE:
        return traits.state
    if ground is Ground.KIND:
        return traits.kind or UNKNOWN
    return traits.newness.value


def strata_of(ground: Ground, present: Sequence[Traits]) -> tuple[str, ...]:
    """Return the parts a host may give shares to, in their usual order."""
    known = tuple(_NAMED.get(ground, {}))
    if known:
        return known
    return tuple(sorted({stratum_of(traits, ground) for traits in present} - {UNKNOWN}))


def stratum_words(ground: Ground, code: str) -> str:
    """Name a part as people read it."""
    if code == UNKNOWN:
        return NOT_KNOWN
    if ground is Ground.STATE:
        return place_name(code)
    if ground is Ground.KIND:
        return str(LEA_KINDS.get(code, code))
    return _NAMED[ground].get(code, say("%(code)s", code=code))


def _size_band(enrollment: int | None) -> str:
    if enrollment is None:
        return UNKNOWN
    bands = ((SMALL, "small"), (MEDIUM, "medium"), (LARGE, "large"))
    return next((band for below, band in bands if enrollment < below), "very_large")
