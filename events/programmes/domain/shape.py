"""What every part of a programme file is: an object with known fields, and others that are kept."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from consortium.people.domain import Side
from events.institutes.domain import Strength
from events.programmes.domain.faults import Place


class Shape(BaseModel):
    """An object of the file. Strict: ``"5"`` is no number, ``0`` is no date."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True, arbitrary_types_allowed=True)

    together: ClassVar[frozenset[str]] = frozenset()
    """Fields that mean nothing without each other."""
    waits: ClassVar[str] = ""
    """The field that is there and ``null`` while it is not set yet."""

    @classmethod
    def needed(cls) -> frozenset[str]:
        """Name the fields that cannot be left out."""
        return frozenset(name for name, field in cls.model_fields.items() if field.is_required())

    @classmethod
    def stand_in(cls, name: str, place: Place) -> Any:
        """Return something that fits where the file has a misfit, so that reading can go on."""
        return _STAND_INS.get(name, f"{name}-{place[-1]}")


_STAND_INS: Mapping[str, Any] = {
    "side": Side.OTHER,
    "strength": Strength.OPTIONAL,
    "date": None,
    "at": None,
}


class ClosedShape(Shape):
    """An object in which no other field is kept."""

    model_config = ConfigDict(extra="forbid")
