"""How many more sessions the rooms of each moment can take, kept up to date while sessions move."""

from collections.abc import Mapping, Sequence

from events.schedule.engine.case import Case
from events.schedule.engine.rooming import bits_of, matched, unions_of


class Crowding:
    """By tick: sets of rooms and how many places for sessions are left in each of them.

    A session that takes several ticks has its room; any other will find one as long as no set
    of rooms has more sessions confined to it than rooms.
    """

    def __init__(self, case: Case, at: Sequence[int], held: Mapping[int, int]) -> None:
        self._case = case
        self.loose: list[set[int]] = [set() for _ in range(case.number_of_ticks)]
        """By tick: the sessions that are there and have no room of their own."""
        self.taken = [0] * case.number_of_ticks
        """By tick: the rooms that sessions of several ticks have."""
        wanted: list[list[int]] = [[] for _ in range(case.number_of_ticks)]
        for n, row in enumerate(case.rooms):
            for q in case.allowed[n]:
                if case.long[n]:  # each of its rooms may be taken from those of others
                    for tick in case.ticks[q]:
                        wanted[tick].extend(1 << room for room in bits_of(row[q]))
                else:
                    wanted[case.ticks[q][0]].append(row[q])
        families = [unions_of(masks) for masks in wanted]
        self._sets = [sets for sets, _ in families]
        self._complete = [complete for _, complete in families]
        self._left = [[rooms.bit_count() for rooms in sets] for sets in self._sets]
        self._between: list[dict[tuple[int, int], tuple[int, ...]]] = [{} for _ in wanted]
        for n, q in enumerate(at):
            if n in held:
                self.hold(q, held[n])
            else:
                self.enter(n, q)

    def admits(self, n: int, q: int, *, leaving: int = -1, at: int = -1) -> bool:
        """Tell whether session ``n`` finds a room at ``q``, once ``leaving`` is gone from there.

        ``at`` is where ``leaving`` is now.
        """
        tick = self._case.ticks[q][0]
        mask = self._case.rooms[n][q]
        out = self._case.rooms[leaving][at] if leaving >= 0 else -1
        if mask == out:
            return True
        left = self._left[tick]
        for k in self._only(tick, mask, out):
            if left[k] <= 0:
                return False
        if self._complete[tick]:
            return True
        there = [m for m in sorted(self.loose[tick]) if m != leaving]
        return self._find_rooms(tick, there, mask)

    def enter(self, n: int, q: int) -> None:
        """Let a session begin to be at a position."""
        self._count(n, q, -1)
        self.loose[self._case.ticks[q][0]].add(n)

    def leave(self, n: int, q: int) -> None:
        """Let a session cease to be there."""
        self._count(n, q, 1)
        self.loose[self._case.ticks[q][0]].discard(n)

    def exchange(self, n: int, other: int, here: int, there: int) -> None:
        """Let ``n`` go from one position to the other, and ``other`` from there back."""
        self._replace(other, n, there)
        self._replace(n, other, here)
        self.loose[self._case.ticks[there][0]].add(n)
        self.loose[self._case.ticks[here][0]].add(other)

    def _replace(self, goes: int, comes: int, q: int) -> None:
        tick = self._case.ticks[q][0]
        self.loose[tick].discard(goes)
        old, new = self._case.rooms[goes][q], self._case.rooms[comes][q]
        if old != new:
            left = self._left[tick]
            for k in self._only(tick, new, old):
                left[k] -= 1
            for k in self._only(tick, old, new):
                left[k] += 1

    def hold(self, q: int, room: int) -> None:
        """Give a session of several ticks its room."""
        self._keep(q, room, -1)

    def free(self, q: int, room: int) -> None:
        """Take the room of a session of several ticks back."""
        self._keep(q, room, 1)

    def can_hold(self, n: int, q: int) -> int:
        """Return the rooms that a session of several ticks could have there, as it stands."""
        rooms = self._case.rooms[n][q]
        for tick in self._case.ticks[q]:
            rooms &= ~self.taken[tick]
        found = 0
        for room in range(rooms.bit_length()):
            if rooms >> room & 1 and all(
                self._can_spare(tick, room) for tick in self._case.ticks[q]
            ):
                found |= 1 << room
        return found

    def _can_spare(self, tick: int, room: int) -> bool:
        for rooms, left in zip(self._sets[tick], self._left[tick], strict=True):
            if left <= 0 and rooms >> room & 1:
                return False
        if self._complete[tick]:
            return True
        self.taken[tick] |= 1 << room
        fits = self._find_rooms(tick, sorted(self.loose[tick]))
        self.taken[tick] &= ~(1 << room)
        return fits

    def _find_rooms(self, tick: int, there: Sequence[int], *further: int) -> bool:
        free = ~self.taken[tick]
        wanted = [*further]
        for n in there:
            mask = next(
                self._case.rooms[n][q]
                for q in self._case.allowed[n]
                if self._case.ticks[q][0] == tick
            )
            wanted.append(mask)
        return matched([mask & free for mask in wanted]) is not None

    def _count(self, n: int, q: int, change: int) -> None:
        tick, mask = self._case.ticks[q][0], self._case.rooms[n][q]
        left = self._left[tick]
        for k in self._only(tick, mask, -1):
            left[k] += change

    def _only(self, tick: int, mask: int, other: int) -> tuple[int, ...]:
        """Return the sets that one set of rooms is within and another is not."""
        known = self._between[tick].get((mask, other))
        if known is None:
            known = self._between[tick][mask, other] = tuple(
                k
                for k, rooms in enumerate(self._sets[tick])
                if mask & ~rooms == 0 and other & ~rooms
            )
        return known

    def _keep(self, q: int, room: int, change: int) -> None:
        for tick in self._case.ticks[q]:
            self.taken[tick] ^= 1 << room
            left = self._left[tick]
            for k, rooms in enumerate(self._sets[tick]):
                if rooms >> room & 1:
                    left[k] += change
