"""What is handed out at an institute: rules over plain values."""

from consortium.files.domain.sizes import size_in_words
from consortium.links import LINK, host_of_link
from events.materials.domain.specs import (
    FILE_KINDS,
    MaterialRefused,
    MaterialSpec,
    Subject,
)
from events.materials.domain.words import (
    AUDIENCES,
    KINDS,
    Audience,
    MaterialKind,
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
