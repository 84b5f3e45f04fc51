"""What lessons are about, and which districts are like one another."""

from collections.abc import Mapping
from dataclasses import dataclass

from consortium.words import Sentence, say

TOPICS: Mapping[str, Sentence] = {
    "learning": say("Reading, math and other learning"),
    "attendance": say("Attendance and belonging"),
    "time": say("Time to work together"),
    "meetings": say("Running joint meetings"),
    "trust": say("Trust between the sides"),
    "decisions": say("Deciding together"),
    "schools": say("Principals and site representatives"),
    "mentoring": say("Mentoring and new staff"),
    "staying": say("Keeping people"),
    "leaders": say("When leaders change"),
    "safety": say("Health and safety"),
    "families": say("Families and community"),
    "other": say("Something else"),
}
SIZES: Mapping[str, tuple[Sentence, int, int | None]] = {
    "small": (say("Up to 2,499 students"), 0, 2_499),
    "middle": (say("2,500 to 9,999 students"), 2_500, 9_999),
    "large": (say("10,000 to 24,999 students"), 10_000, 24_999),
    "very_large": (say("25,000 students and more"), 25_000, None),
}
"""Bands of enrollment with their bounds, both counted."""
PLACES: Mapping[str, Sentence] = {
    "1": say("City"),
    "2": say("Suburb"),
    "3": say("Town"),
    "4": say("Rural"),
}
"""The first digit of the NCES locale."""


@dataclass(frozen=True, kw_only=True)
class Like:
    """What makes a district like another: its size and where it lies; empty where unknown."""

    size: str = ""
    place: str = ""


def like(enrollment: int | None, locale: str) -> Like:
    """Return the band of size and the kind of place of a district."""
    size = ""
    if enrollment is not None:
        size = next(
            code for code, (_, _, most) in SIZES.items() if most is None or enrollment <= most
        )
    return Like(size=size, place=locale[:1] if locale[:1] in PLACES else "")
