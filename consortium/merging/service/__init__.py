"""People and LEAs that were entered twice: found, merged without loss, parted again."""

from consortium.merging.service.leas import (
    lea_named,
    merge_leas,
    merged_leas,
    merging_leas,
)
from consortium.merging.service.moves import Moves
from consortium.merging.service.people import merge_people, merged_people, merging_people
from consortium.merging.service.undoing import unmerge, unmerged, unmerging

__all__ = [
    "Moves",
    "lea_named",
    "merge_leas",
    "merge_people",
    "merged_leas",
    "merged_people",
    "merging_leas",
    "merging_people",
    "unmerge",
    "unmerged",
    "unmerging",
]
