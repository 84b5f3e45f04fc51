"""The parts of a programme file about where sessions are held and who holds them."""

import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from consortium.words import say
from events.programmes.domain.shape import Shape
from events.programmes.domain.values import LONGEST_LABEL, Label, Name, Names, Text, texts
from events.schedule.domain.rooms import MOST_PLACES

_EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"


def _email(text: str) -> str:
    if text and not re.fullmatch(_EMAIL, text):
        raise PydanticCustomError("email", str(say("Write an address like name@example.org.")))
    return text.lower()


Email: TypeAlias = Annotated[
    Label, AfterValidator(_email), WithJsonSchema(texts(f"({_EMAIL})?", LONGEST_LABEL))
]
Holds: TypeAlias = Annotated[int, Field(ge=1, le=MOST_PLACES)]


class VenueShape(Shape):
    """A house in which sessions are held, beside the programme's own ``venue``."""

    name: Name
    address: Text = ""
    notes: Text = ""


class RoomShape(Shape):
    """A room in which sessions are held."""

    name: Name
    venue: Label = ""
    """Left out: the programme's own."""
    capacity: Holds | None = None
    features: Names = []
    notes: Text = ""


class PresenterShape(Shape):
    """Someone who holds sessions."""

    name: Name
    affiliation: Label = ""
    email: Email = ""
    """For what only they may do; the public never sees it."""
    about: Text = ""
