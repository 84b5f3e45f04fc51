"""What the cohorts' features leave in a consortium, as addresses name it."""

from typing import Any

from events.registration.models import Team
from tests.consortium.matrix.of_handover import left_and_followed
from tests.consortium.matrix.of_learning import learning_things
from tests.consortium.matrix.of_plans import planned_together
from tests.consortium.matrix.of_reflections import looked_back
from tests.consortium.matrix.of_structures import kept_together
from tests.consortium.matrix.of_surveys import survey_things


def cohort_things(mine: Team, slug: str) -> dict[str, Any]:
    """Let the team's partnership have one of everything; return the address parts."""
    return {
        **learning_things(mine, slug),
        **planned_together(mine, f"facilitator@{slug}.example.org"),
        **looked_back(mine),
        **kept_together(mine),
        **left_and_followed(mine, slug),
        **survey_things(mine, slug),
    }


def cohort_things_aside(other: Team, slug: str) -> dict[str, Any]:
    """Let another team's partnership have the same; return the address parts."""
    return {
        **looked_back(other),
        **planned_together(other, f"facilitator@{slug}.example.org"),
        **kept_together(other),
        **left_and_followed(other, f"other-{slug}"),
    }
