"""What a draft of places is asked for, and what the host decided of single people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from consortium.words import say
from events.schedule.domain.ranking import RankingRefused

MOST_PINS = 500
"""What is decided for more people than this is no exception any more."""


@dataclass(frozen=True, kw_only=True)
class Pin:
    """Someone has a place in a session, or is kept out of it, whatever people ranked."""

    seat_id: UUID
    session_id: UUID
    inside: bool

    def as_kept(self) -> list[Any]:
        """Return it as a draft keeps it."""
        return [str(self.seat_id), str(self.session_id), self.inside]

    @classmethod
    def kept(cls, said: list[Any]) -> Self:
        """Return what ``as_kept`` wrote."""
        return cls(seat_id=UUID(said[0]), session_id=UUID(said[1]), inside=said[2])


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a draft is to be of."""

    rounds: tuple[UUID, ...]
    keep: bool = True
    """Whether places that an earlier draft gave are kept."""
    extra: Mapping[UUID, int] = field(default_factory=dict)
    """Places that a session does not have and that are only supposed."""
    seed: int = 0
    """The lot that decides between what is equally good."""
    near: UUID | None = None
    """The draft near to which it is to stay."""
    pins: tuple[Pin, ...] = ()

    def as_kept(self) -> dict[str, Any]:
        """Return it as a draft keeps it."""
        return {
            "rounds": [str(one) for one in self.rounds],
            "keep": self.keep,
            "seed": self.seed,
            "extra": {str(session): more for session, more in sorted(self.extra.items())},
            "near": str(self.near or ""),
            "pins": [one.as_kept() for one in self.pins],
        }

    @classmethod
    def kept(cls, said: Mapping[str, Any]) -> Self:
        """Return what ``as_kept`` wrote, or what was written before there were pins."""
        near = said.get("near")
        return cls(
            rounds=tuple(UUID(one) for one in said["rounds"]),
            keep=bool(said["keep"]),
            seed=said["seed"],
            extra={UUID(session): more for session, more in said["extra"].items()},
            near=UUID(near) if near else None,
            pins=tuple(Pin.kept(one) for one in said.get("pins", ())),
        )


def with_pin(
    pins: tuple[Pin, ...], seat_id: UUID, sessions: frozenset[UUID], pin: Pin | None
) -> tuple[Pin, ...]:
    """Return the decisions with what is decided of one person in a round's sessions now.

    ``None`` lets the ranking decide again. Raises ``RankingRefused`` where there are too many.
    """
    others = [one for one in pins if one.seat_id != seat_id or one.session_id not in sessions]
    if pin is not None:
        others.append(pin)
    if len(others) > MOST_PINS:
        raise RankingRefused(
            say(
                "Decide it for %(most)s people at most; the ranking is for the others.",
                most=MOST_PINS,
            )
        )
    return tuple(sorted(others, key=lambda one: (one.seat_id, one.session_id)))
