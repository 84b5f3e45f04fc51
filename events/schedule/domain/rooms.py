"""Rooms and venues: what a host writes down about them, and by which name they are known."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from consortium.errors import Refusal
from consortium.words import Sentence, say

FEATURES: Mapping[str, Sentence] = {
    "step_free": say("Step-free way in"),
    "hearing_loop": say("Hearing loop"),
    "microphone": say("Microphone"),
    "projector": say("Projector and screen"),
    "video": say("Camera and sound for people online"),
    "tables": say("Round tables"),
    "theater": say("Rows of chairs"),
    "outlets": say("Power at the seats"),
}
MOST_PLACES = 100_000


class RoomRefused(Refusal):
    """The room, venue or presenter cannot be as it was written down."""


@dataclass(frozen=True, kw_only=True)
class VenueSpec:
    """A house in which sessions are held, beside the institute's own."""

    name: str
    address: str = ""
    notes: str = ""
    """How to get there and in: parking, the way from the other venue, step-free doors."""

    def check(self) -> None:
        """Raise ``RoomRefused`` when nobody could find it."""
        if not self.name.strip():
            raise RoomRefused(say("Give the venue a name."), field="name")


@dataclass(frozen=True, kw_only=True)
class RoomSpec:
    """A room in which sessions are held. It is known by its name, once in an institute."""

    name: str
    venue: str = ""
    """The venue's name; empty for the institute's own."""
    capacity: int | None = None
    """How many people it holds; ``None`` where nobody counted."""
    features: tuple[str, ...] = field(default=())
    """What it has, such as ``hearing_loop``; words of the host's own are fine too."""
    notes: str = ""

    def check(self) -> None:
        """Raise the first reason why this cannot be a room."""
        if not self.name.strip():
            raise RoomRefused(say("Give the room a name."), field="name")
        if self.capacity is not None and not 1 <= self.capacity <= MOST_PLACES:
            raise RoomRefused(
                say("A room holds at least one person. Leave it empty if nobody counted."),
                field="capacity",
            )


@dataclass(frozen=True, kw_only=True)
class PresenterSpec:
    """Someone who holds sessions, known by the name that stands in the programme."""

    name: str
    affiliation: str = ""
    email: str = ""
    """For what only they may do, such as adding slides; never shown to the public."""
    about: str = ""

    def check(self) -> None:
        """Raise ``RoomRefused`` when nobody is named."""
        if not self.name.strip():
            raise RoomRefused(say("Give the presenter's name."), field="name")


def key_of(name: str) -> str:
    """Return what two spellings of one name have in common: case, width and spaces apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def lacking(needed: Iterable[str], there: Iterable[str]) -> tuple[str, ...]:
    """Return what of the needed features is not among those that are there, however spelt."""
    known = {key_of(feature) for feature in there}
    return tuple(feature for feature in needed if key_of(feature) not in known)


def features_in_words(features: Iterable[str]) -> str:
    """Return what people call several of them, in a list."""
    return ", ".join(feature_in_words(feature) for feature in features)


def feature_in_words(feature: str) -> str:
    """Return what people call it; a host's own word is shown as written."""
    known = FEATURES.get(feature)
    return known if known is not None else feature.replace("_", " ").capitalize()
