"""Where in time a session can be: a slot, or a run of slots, and what overlaps what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from events.schedule.engine.values import BRIDGED, Fixed, Session, Slot


@dataclass(frozen=True, kw_only=True, order=True)
class Position:
    """From when to when something would be held, beginning with ``slot`` (none for what is fixed).

    Two positions overlap exactly if they have a tick in common.
    """

    starts: int
    ends: int
    slot: str
    slots: tuple[str, ...] = ()
    """Every slot that it takes."""


def runs_of(session: Session, slots: Sequence[Slot]) -> list[Position]:
    """Return where in time the session can be.

    That is each slot that is long enough. Only where none is, each run of slots that follow each
    other is, the shortest from each begin.
    """
    found = []
    alone = session.minutes is None or any(
        slot.ends - slot.starts >= session.minutes for slot in slots
    )
    ordered = sorted(slots, key=lambda slot: (slot.starts, slot.ends, slot.id))
    for first, slot in enumerate(ordered):
        run = [slot]
        needed = session.minutes if session.minutes is not None else slot.ends - slot.starts
        for after in ordered[first + 1 :]:
            last = run[-1]
            if alone or last.ends - slot.starts >= needed:
                break
            if after.starts < last.ends:
                continue  # it lies beside the run, not behind it
            if after.day != slot.day or after.starts - last.ends > BRIDGED:
                break
            run.append(after)
        if run[-1].ends - slot.starts >= needed:
            found.append(
                Position(
                    starts=slot.starts,
                    ends=run[-1].ends,
                    slot=slot.id,
                    slots=tuple(one.id for one in run),
                )
            )
    return found


def position_of(fixed: Fixed) -> Position:
    """Return the only position of what stands fast."""
    return Position(starts=fixed.starts, ends=fixed.ends, slot="")


def ticks_of(positions: Iterable[Position]) -> tuple[tuple[int, ...], ...]:
    """Return for each position its ticks: moments of which two overlapping positions share one.

    Ticks are begins of positions, and of these only those whose positions are not all at another
    tick too. So a programme of slots that do not overlap has one tick for each slot.
    """
    every = list(positions)
    begins = sorted({one.starts for one in every})
    covering = [
        frozenset(n for n, one in enumerate(every) if one.starts <= begin < one.ends)
        for begin in begins
    ]
    kept: list[frozenset[int]] = []
    for n, cover in enumerate(covering):
        wider = any(
            cover < other or (cover == other and m < n)
            for m, other in enumerate(covering)
            if m != n
        )
        if not wider:
            kept.append(cover)
    return tuple(
        tuple(tick for tick, cover in enumerate(kept) if n in cover) for n in range(len(every))
    )
