"""How old what is owed is, and what is owed the other way round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consortium.words import say

AGE_WORDS = (
    say("Not past due"),
    say("1 to 30 days"),
    say("31 to 60 days"),
    say("61 to 90 days"),
    say("Over 90 days"),
)
LAST_DAYS = (0, 30, 60, 90)
"""The last day of each age but the oldest, counted from the day after the due day."""


@dataclass(frozen=True, kw_only=True)
class OpenInvoice:
    """What is open of one invoice, in cents; below zero what is owed to its payer."""

    invoice_id: UUID
    payer_id: UUID
    due_on: date
    cents: int


@dataclass(frozen=True, kw_only=True)
class Ages:
    """What is owed by age, in the order of ``AGE_WORDS``, and credits apart (zero or below)."""

    cents: tuple[int, ...] = (0,) * len(AGE_WORDS)
    credit_cents: int = 0

    @property
    def owed_cents(self) -> int:
        """What is owed, credits left out."""
        return sum(self.cents)

    @property
    def total_cents(self) -> int:
        """What is owed less credits: the balance that the ledger has."""
        return self.owed_cents + self.credit_cents

    @property
    def overdue_cents(self) -> int:
        """What is past due."""
        return sum(self.cents[1:])

    def __add__(self, other: "Ages") -> "Ages":
        """Return both together."""
        return Ages(
            cents=tuple(one + more for one, more in zip(self.cents, other.cents, strict=True)),
            credit_cents=self.credit_cents + other.credit_cents,
        )


def age_of(due_on: date, on: date) -> int:
    """Return the place in ``AGE_WORDS`` of what was due on ``due_on``, looked at on ``on``."""
    late = (on - due_on).days
    return sum(1 for last in LAST_DAYS if late > last)


def ages_of(one: OpenInvoice, on: date) -> Ages:
    """Return one invoice's open sum in its age, or as a credit."""
    if one.cents < 0:
        return Ages(credit_cents=one.cents)
    cents = [0] * len(AGE_WORDS)
    cents[age_of(one.due_on, on)] = one.cents
    return Ages(cents=tuple(cents))


def aged(rows: Iterable[OpenInvoice], on: date) -> Ages:
    """Return all open sums together."""
    return sum((ages_of(one, on) for one in rows), Ages())


def aged_by_payer(rows: Iterable[OpenInvoice], on: date) -> dict[UUID, Ages]:
    """Return each payer's open sums."""
    found: dict[UUID, Ages] = {}
    for one in rows:
        found[one.payer_id] = found.get(one.payer_id, Ages()) + ages_of(one, on)
    return found
