"""Kinds of material and who gets them, in people's words."""

from collections.abc import Mapping
from enum import StrEnum, auto

from consortium.words import Sentence, say

KILOBYTE = 1024


class MaterialKind(StrEnum):
    """What a document or link is."""

    SLIDES = auto()
    HANDOUT = auto()
    TEMPLATE = auto()
    RECORDING = auto()
    OTHER = auto()


class Audience(StrEnum):
    """Who gets a material."""

    PUBLIC = auto()
    PLACE = auto()  # people with a seat in a registered team
    AGENDA = auto()  # of these, people on whose agenda its session is
    STAFF = auto()  # those who read rosters, and who presents its session


KINDS: Mapping[MaterialKind, Sentence] = {
    MaterialKind.SLIDES: say("Slides"),
    MaterialKind.HANDOUT: say("Handout"),
    MaterialKind.TEMPLATE: say("Template"),
    MaterialKind.RECORDING: say("Recording"),
    MaterialKind.OTHER: say("Other"),
}
AUDIENCES: Mapping[Audience, Sentence] = {
    Audience.PUBLIC: say("Everyone, also people who are not signed in"),
    Audience.PLACE: say("People who have a place at the institute"),
    Audience.AGENDA: say("Only people who have the session on their agenda"),
    Audience.STAFF: say("Only staff, and who presents the session"),
}


def size_in_words(size: int) -> Sentence:
    """Return a file's size as people compare it: 340 KB, 2.4 MB."""
    if size < KILOBYTE * KILOBYTE:
        return say("%(n)s KB", n=max(1, round(size / KILOBYTE)))
    return say("%(n)s MB", n=f"{size / KILOBYTE / KILOBYTE:.1f}".removesuffix(".0"))
