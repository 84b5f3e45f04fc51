"""What is handed out at an institute: rules over plain values."""

from events.materials.domain.specs import (
    FILE_KINDS,
    LINK,
    MaterialRefused,
    MaterialSpec,
    Subject,
    host_of_link,
)
from events.materials.domain.words import (
    AUDIENCES,
    KINDS,
    Audience,
    MaterialKind,
    size_in_words,
)

__all__ = [
    "AUDIENCES",
    "FILE_KINDS",
    "KINDS",
    "LINK",
    "Audience",
    "MaterialKind",
    "MaterialRefused",
    "MaterialSpec",
    "Subject",
    "host_of_link",
    "size_in_words",
]
