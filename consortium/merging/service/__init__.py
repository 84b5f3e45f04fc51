"""People and LEAs that were entered twice: found, merged without loss, parted again."""

from consortium.merging.service.leas import (
    lea_for,
    lea_named,
    merge_leas,
    merged_leas,
    merging_leas,
)
from consortium.merging.service.moves import Moves
from consortium.merging.service.people import merge_people, merging_people
from consortium.merging.service.undoing import (
    get_merge,
    unmerge,
    unmerged,
    unmerging,
)

__all__ = [
    "Moves",
    "get_merge",
    "lea_for",
    "lea_named",
    "merge_leas",
    "merge_people",
    "merged_leas",
    "merging_leas",
    "merging_people",
    "unmerge",
    "unmerged",
    "unmerging",
]
