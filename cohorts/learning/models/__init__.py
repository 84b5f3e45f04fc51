"""What is stored of partnerships and of the year they learn through."""

from cohorts.learning.models.continuing import ASKED_ALREADY, Continuing
from cohorts.learning.models.meetings import (
    ONE_HOMEWORK,
    ONE_MAKE_UP,
    HomeworkDone,
    House,
    MakeUp,
    MakeUpWay,
    MeetingFacts,
    MeetingGap,
)
from cohorts.learning.models.partnerships import ONE_PARTNERSHIP, Partnership
from cohorts.learning.models.staff import ONE_ASSIGNMENT, CohortStaff, StaffKind

__all__ = [
    "ASKED_ALREADY",
    "ONE_ASSIGNMENT",
    "ONE_HOMEWORK",
    "ONE_MAKE_UP",
    "ONE_PARTNERSHIP",
    "CohortStaff",
    "Continuing",
    "HomeworkDone",
    "House",
    "MakeUp",
    "MakeUpWay",
    "MeetingFacts",
    "MeetingGap",
    "Partnership",
    "StaffKind",
]
