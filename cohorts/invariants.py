"""What must be true of everything that cohorts store."""

from collections.abc import Sequence

from cohorts.matching.service import invariants as peers
from cohorts.matching.service import invariants_of_groupings as groupings
from consortium.verify.domain import Check


def checks() -> Sequence[Check]:
    """Return the checks of peers, and of teams that are brought together."""
    return (*peers.CHECKS, *groupings.CHECKS)
