"""Wall time and zones, by the one rule for nights on which clocks change."""

from events.schedule.domain.times import instant_of

__all__ = ["instant_of"]
