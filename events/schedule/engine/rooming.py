"""Rooms: whether the sessions of a moment find one each, and which is best for whom.

Sets of rooms are whole numbers, a bit for each room.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_SETS = 2000
"""More sets of rooms than these are not counted out; then each plan is tried room by room."""


def bits_of(rooms: int) -> Iterator[int]:
    """Return the rooms of a set."""
    while rooms:
        low = rooms & -rooms
        yield low.bit_length() - 1
        rooms ^= low


def matched(wanted: Sequence[int]) -> list[int] | None:
    """Return a room for each set of rooms, no room twice, or ``None`` where there is no such."""
    return _match(wanted)[0]


def too_few(wanted: Sequence[int]) -> int:
    """Return rooms that are fewer than the sessions confined to them; none where all find one."""
    return _match(wanted)[1]


def _match(wanted: Sequence[int]) -> tuple[list[int] | None, int]:
    taken: dict[int, int] = {}

    def place(n: int, seen: int) -> tuple[bool, int]:
        for room in bits_of(wanted[n] & ~seen):
            if seen >> room & 1:
                continue
            seen |= 1 << room
            if room not in taken:
                taken[room] = n
                return True, seen
            moved, seen = place(taken[room], seen)
            if moved:
                taken[room] = n
                return True, seen
        return False, seen

    for n in sorted(range(len(wanted)), key=lambda n: wanted[n].bit_count()):
        found, seen = place(n, 0)
        if not found:  # whoever holds one of these rooms can only have one of these
            return None, seen
    rooms = [-1] * len(wanted)
    for room, n in taken.items():
        rooms[n] = room
    return rooms, 0


def unions_of(wanted: Iterable[int]) -> tuple[tuple[int, ...], bool]:
    """Return the sets of rooms to count by Hall's theorem, and whether these are all.

    ``wanted`` has the set of each session that might come, as often as there are such sessions.
    Sessions find a room each exactly if no union of their sets is smaller than the number of
    sessions that have to be within it. Unions of sets without a common room follow from their
    parts; a union that all sessions within it fit into can be left out.
    """
    often = Counter(rooms for rooms in wanted if rooms)
    found: set[int] = set()
    complete = True
    for one in sorted(often, key=lambda rooms: (rooms.bit_count(), rooms)):
        new = {one}
        while new:
            found |= new
            new = {this | other for this in new for other in found if this & other} - found
            if len(found) > MOST_SETS:
                complete = False
                found = set(often)
                break
        if not complete:
            break
    kept = [rooms for rooms in sorted(found) if _within(often, rooms) > rooms.bit_count()]
    return tuple(kept), complete


def _within(often: Mapping[int, int], rooms: int) -> int:
    return sum(times for one, times in often.items() if one & ~rooms == 0)
