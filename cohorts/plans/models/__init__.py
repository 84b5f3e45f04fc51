"""Plans as rows."""

from cohorts.plans.models.goals import Evidence, Goal, GoalReading, Milestone
from cohorts.plans.models.plans import (
    ONE_OF_A_NUMBER,
    ONE_OPEN_PLAN,
    ONE_SIGNATURE,
    Plan,
    PlanSignature,
    PlanVersion,
)
from cohorts.plans.models.readiness import (
    ONE_ANSWER,
    ONE_CHECKLIST,
    ReadinessAnswer,
    ReadinessChecklist,
)
from cohorts.plans.models.talk import CoachNote, PlanComment

__all__ = [
    "ONE_ANSWER",
    "ONE_CHECKLIST",
    "ONE_OF_A_NUMBER",
    "ONE_OPEN_PLAN",
    "ONE_SIGNATURE",
    "CoachNote",
    "Evidence",
    "Goal",
    "GoalReading",
    "Milestone",
    "Plan",
    "PlanComment",
    "PlanSignature",
    "PlanVersion",
    "ReadinessAnswer",
    "ReadinessChecklist",
]
