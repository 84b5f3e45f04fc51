"""Who is there: scans, what they come to, and what keeps one from counting."""

from events.checkin.domain.scans import (
    LONGEST_CODE,
    SEAT,
    Clocks,
    Problem,
    Way,
    clean_code,
    problem_of_time,
)
from events.checkin.domain.stays import (
    Attendance,
    Direction,
    Effect,
    Ending,
    Passing,
    Stay,
    attendance_of,
    by_person,
    closed,
    day_of,
)

__all__ = [
    "LONGEST_CODE",
    "SEAT",
    "Attendance",
    "Clocks",
    "Direction",
    "Effect",
    "Ending",
    "Passing",
    "Problem",
    "Stay",
    "Way",
    "attendance_of",
    "by_person",
    "clean_code",
    "closed",
    "day_of",
    "problem_of_time",
]
