"""The rules of the directory: what an LEA is, how lists state it, how it is found by name."""

from consortium.directory.domain.cells import LEA_ID
from consortium.directory.domain.meanings import AsTyped, Meaning, Reading, meanings, zip_meant
from consortium.directory.domain.records import (
    LEA_KINDS,
    LOCALES,
    LeaRecord,
    locale_words,
    new_values,
    newer_values,
    parent_of,
    unions,
)
from consortium.directory.domain.rows import RowRefused, Shape, UnknownShape, shape_of
from consortium.directory.domain.search import APART, folded, other_spellings, search_text
from consortium.directory.domain.states import ALL_STATES, STATES, State

__all__ = [
    "ALL_STATES",
    "APART",
    "LEA_ID",
    "LEA_KINDS",
    "LOCALES",
    "STATES",
    "AsTyped",
    "LeaRecord",
    "Meaning",
    "Reading",
    "RowRefused",
    "Shape",
    "State",
    "UnknownShape",
    "folded",
    "locale_words",
    "meanings",
    "new_values",
    "newer_values",
    "other_spellings",
    "parent_of",
    "search_text",
    "shape_of",
    "unions",
    "zip_meant",
]
