"""Until when attendance, evaluations and certificates are kept."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from consortium.words import Sentence, say
from events.credit.domain.rules import USUAL_YEARS, CreditPlan, CreditRefused
from events.institutes.domain.holding import held_in_words

LONG = "long"


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What keeps the records of one institute, and until when."""

    last_day: date
    """The last day on which anyone was there."""
    years: int
    because: str
    """The kind of credit that keeps them longest; empty: only the usual audit."""
    held: str = ""
    """Why someone asked that they be kept on, whatever the years."""

    @property
    def earliest(self) -> date:
        """The first day on which they may be deleted, if nothing holds them."""
        return full_years_after(self.last_day, self.years)

    def is_over(self, today: date) -> bool:
        """Tell whether they may be deleted, and have to be."""
        return not self.held and today >= self.earliest

    def refusal(self, today: date) -> CreditRefused | None:
        """Return why they cannot be deleted today, with the earliest day."""
        if self.is_over(today):
            return None
        if self.held:
            return CreditRefused(held_in_words(self.held))
        return CreditRefused(self.words)

    @property
    def words(self) -> Sentence:
        """What keeps them, and until when, as staff read it."""
        values = {
            "day": day_in_full(self.last_day),
            "years": self.years,
            "earliest": day_in_full(self.earliest),
        }
        if self.because:
            return say(
                "Records of %(day)s are kept %(years)s full years, because “%(rule)s” asks for "
                "it. The earliest day on which they may be deleted is %(earliest)s.",
                rule=self.because,
                **values,
            )
        return say(
            "Records of %(day)s are kept %(years)s full years, as audits ask. The earliest day on "
            "which they may be deleted is %(earliest)s.",
            **values,
        )


def keeping_of(
    plan: CreditPlan, last_day: date, *, issued_years: tuple[tuple[int, str], ...], held: str
) -> Keeping:
    """Return what keeps an institute's records.

    ``issued_years`` are those of rules by which certificates were issued, with their names: a rule
    that was made shorter afterwards keeps what it promised.
    """
    rules = [(rule.keep_years, rule.name) for rule in plan.rules] + list(issued_years)
    years, because = max(rules, default=(USUAL_YEARS, ""), key=lambda one: one[0])
    if not rules:
        because = ""
    return Keeping(last_day=last_day, years=years, because=because, held=held)


def full_years_after(day: date, years: int) -> date:
    """Return the day so many full years later; after February 29 that is March 1."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def day_in_full(day: date) -> str:
    """Write a day with its year: November 15, 2019."""
    return format_date(day, LONG, locale="en_US")
