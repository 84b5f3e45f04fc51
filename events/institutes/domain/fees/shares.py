"""Who shares the cost unless a team says otherwise, read from the file's rules."""

from collections.abc import Mapping, Sequence
from typing import Any

from events.institutes.domain.fees import reading
from events.institutes.domain.fees.kinds import WHOLE, DefaultShare
from events.institutes.domain.fees.reading import Unreadable


def read_shares(payers: Sequence[Any]) -> tuple[DefaultShare, ...]:
    """Return the shares in the order of the file; payers without one share what is left alike.

    The odd basis points go to the first of them. Raises ``Unreadable`` for payers without a
    name, and when they would pay more than all of it.
    """
    if not payers or not all(isinstance(payer, Mapping) for payer in payers):
        raise Unreadable
    whos = [reading.text(payer, "name") for payer in payers]
    said = [_said(payer) for payer in payers]
    left = WHOLE - sum(points or 0 for points in said)
    if left < 0 or not all(whos):
        raise Unreadable
    alike = _alike(left, said.count(None))
    return tuple(
        DefaultShare(who=who, basis_points=next(alike) if points is None else points)
        for who, points in zip(whos, said, strict=True)
    )


def _said(payer: Mapping[str, Any]) -> int | None:
    if payer.get("basis_points") is not None:
        return reading.basis_points(payer["basis_points"])
    return None if payer.get("share") is None else reading.share(payer["share"])


def _alike(points: int, n: int) -> Any:
    each, odd = divmod(points, n or 1)
    return iter([each + (place < odd) for place in range(n)])
