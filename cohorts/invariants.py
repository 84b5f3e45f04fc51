"""What must be true of everything that cohorts store."""

from collections.abc import Sequence

from cohorts.handover.service import invariants as handover
from cohorts.learning.service import invariants as learning
from cohorts.matching.service import invariants as peers
from cohorts.matching.service import invariants_of_groupings as groupings
from cohorts.matching.service import invariants_of_talking as talking
from cohorts.plans.service import invariants as plans
from cohorts.reflections.service import invariants as reflections
from cohorts.reports.service import invariants as reports
from cohorts.structures.service import invariants as structures
from cohorts.surveys.service import invariants as surveys
from consortium.verify.domain import Check


def checks() -> Sequence[Check]:
    """Return the checks of all features, in the order in which they stand on each other."""
    return (
        *learning.CHECKS,
        *structures.CHECKS,
        *handover.CHECKS,
        *plans.CHECKS,
        *reflections.CHECKS,
        *peers.CHECKS,
        *groupings.CHECKS,
        *talking.CHECKS,
        *surveys.CHECKS,
        *reports.CHECKS,
    )
