"""School years, which begin in July, and how they are written everywhere."""

from datetime import date

FIRST_MONTH = 7


def school_year_of(on: date) -> int:
    """Return the year in which the school year of this day began: May 2027 is 2026."""
    return on.year if on.month >= FIRST_MONTH else on.year - 1


def school_year_in_words(begins: int) -> str:
    """Write the school year that begins in this year, on pages and in files: 2026–27."""
    return f"{begins}–{(begins + 1) % 100:02d}"
