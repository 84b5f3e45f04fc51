"""School years, which begin in July."""

from datetime import date

FIRST_MONTH = 7


def school_year_of(on: date) -> int:
    """Return the year in which the school year of this day began: May 2027 is 2026."""
    return on.year if on.month >= FIRST_MONTH else on.year - 1
