"""Which invoices and payers a list shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from consortium.paging import Filter
from consortium.words import Sentence, say


class Shown(StrEnum):
    """Which invoices: by where they stand."""

    OPEN = auto()
    OVERDUE = auto()
    PAID = auto()
    CREDIT = auto()


SHOWN_WORDS: Mapping[Shown, Sentence] = {
    Shown.OPEN: say("Open, overdue ones included"),
    Shown.OVERDUE: say("Overdue"),
    Shown.PAID: say("Paid"),
    Shown.CREDIT: say("We owe money back"),
}


@dataclass(frozen=True, kw_only=True)
class InvoiceFilter(Filter):
    """Which invoices are wanted; an empty field asks nothing."""

    standing: str = ""
    institute: str = ""
    """The institute's address in our links."""
    payer: str = ""
    """Words of the payer's name or contact."""
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class PayerFilter(Filter):
    """Which payers are wanted."""

    words: str = ""
    owing: str = ""
    """``yes``: only those with an open balance."""
