"""Documents and links that an institute hands out: who gets them, and keeping them."""

from events.materials.service.finding import (
    Line,
    Sheet,
    Shelf,
    by_session,
    find_file,
    find_old_file,
    get_changeable,
    shelf_of,
)
from events.materials.service.keeping import (
    Keeper,
    change_material,
    move_material,
    put_material,
    remove_material,
    removing,
)
from events.materials.service.sizes import check_room, room_taken
from events.materials.service.taking import Parcel, count_downloads, parcel_of
from events.materials.service.viewers import Viewer, viewer_at
from events.materials.service.zones import follow_zone

__all__ = [
    "Keeper",
    "Line",
    "Parcel",
    "Sheet",
    "Shelf",
    "Viewer",
    "by_session",
    "change_material",
    "check_room",
    "count_downloads",
    "find_file",
    "find_old_file",
    "follow_zone",
    "get_changeable",
    "move_material",
    "parcel_of",
    "put_material",
    "remove_material",
    "removing",
    "room_taken",
    "shelf_of",
    "viewer_at",
]
