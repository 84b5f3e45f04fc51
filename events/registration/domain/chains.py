"""Who had a seat, one after the other: Pat Lee until June 3, then Kim Day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Someone who has a seat, or had it until a day."""

    seat_id: UUID
    replaces_id: UUID | None
    name: str
    role_code: str
    until: date | None


def chains(holders: Iterable[Holder]) -> Sequence[Sequence[Holder]]:
    """Return the holders of each seat that went from one to another, the first holder first."""
    by_seat = {holder.seat_id: holder for holder in holders}
    heirs = {holder.replaces_id: holder for holder in by_seat.values() if holder.replaces_id}
    found = []
    for holder in by_seat.values():
        if holder.replaces_id in by_seat or holder.seat_id not in heirs:
            continue
        chain = [holder]
        while chain[-1].seat_id in heirs:
            chain.append(heirs[chain[-1].seat_id])
        found.append(chain)
    return found
