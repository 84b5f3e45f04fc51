"""The directory's business, for whoever needs an LEA."""

from consortium.directory.service.lists import Taken, add_lea, take_leas
from consortium.directory.service.search import (
    MOST_FOUND,
    children_of,
    find_leas,
    get_lea,
    has_zips,
)

__all__ = [
    "MOST_FOUND",
    "Taken",
    "add_lea",
    "children_of",
    "find_leas",
    "get_lea",
    "has_zips",
    "take_leas",
]
