"""What was billed, came, went back and is open: of an institute, a grant, a kind of payer."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Cents of a part of the books; what is open follows from the rest."""

    billed_cents: int = 0
    """Invoices less credit notes."""
    received_cents: int = 0
    """What came and stayed: returned checks and lost disputes are taken off."""
    refunded_cents: int = 0
    """What goes back to payers, decided and not yet paid out included."""
    written_off_cents: int = 0

    @property
    def open_cents(self) -> int:
        """What is still owed; below zero what is owed to payers."""
        return (
            self.billed_cents - self.received_cents + self.refunded_cents - self.written_off_cents
        )

    def __add__(self, other: "Figures") -> "Figures":
        """Return both together."""
        return Figures(
            billed_cents=self.billed_cents + other.billed_cents,
            received_cents=self.received_cents + other.received_cents,
            refunded_cents=self.refunded_cents + other.refunded_cents,
            written_off_cents=self.written_off_cents + other.written_off_cents,
        )


@dataclass(frozen=True, kw_only=True)
class FiguresLine:
    """A row of a report: whose figures, for invoices of which fiscal year."""

    name: str
    detail: str
    """A grant's number; empty elsewhere."""
    fiscal_year: int
    figures: Figures


def total(lines: "tuple[FiguresLine, ...]") -> Figures:
    """Return all rows together."""
    return sum((line.figures for line in lines), Figures())
