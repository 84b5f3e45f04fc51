"""Kinds of material and who gets them, in people's words."""

from collections.abc import Mapping
from enum import StrEnum, auto

from consortium.words import Sentence, say


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
