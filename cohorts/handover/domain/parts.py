"""What other features know of a partnership's risk: plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.handover.domain.risk import Unsigned


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What is known of a partnership's open plan."""

    unsigned: Sequence[Unsigned] = ()
    next_on: date | None = None
