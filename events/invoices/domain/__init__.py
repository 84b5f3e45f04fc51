"""Who pays and what papers say of it: values and small rules, without a database."""

from collections.abc import Mapping
from enum import StrEnum, auto

from consortium.errors import Refusal
from consortium.people.domain import Side
from consortium.words import Sentence, say

MOST_CENTS = 100_000_000
"""A million dollars: what is more is a slip of the finger."""
USUAL_DUNNING = (7, 21, 45)
"""Days after an invoice was due on which its payer is reminded: three levels."""


class MoneyRefused(Refusal):
    """A rule about money said no."""


class PayerKind(StrEnum):
    """What a payer is."""

    LEA = auto()
    SUPERVISORY_UNION = auto()
    LOCAL = auto()
    STATE_ASSOCIATION = auto()
    GRANT = auto()
    INDIVIDUAL = auto()


PAYER_WORDS: Mapping[PayerKind, Sentence] = {
    PayerKind.LEA: say("LEA (district, county office, charter)"),
    PayerKind.SUPERVISORY_UNION: say("Supervisory union"),
    PayerKind.LOCAL: say("Union local"),
    PayerKind.STATE_ASSOCIATION: say("State association"),
    PayerKind.GRANT: say("Grant or foundation"),
    PayerKind.INDIVIDUAL: say("Individual"),
}
_SIDES: Mapping[PayerKind, Side] = {
    PayerKind.LEA: Side.MANAGEMENT,
    PayerKind.SUPERVISORY_UNION: Side.MANAGEMENT,
    PayerKind.LOCAL: Side.LABOR,
    PayerKind.STATE_ASSOCIATION: Side.LABOR,
}


def side_of(kind: PayerKind) -> Side | None:
    """Return whose money it is; ``None`` for a grant or a person, whom both sides may know."""
    return _SIDES.get(kind)


class Method(StrEnum):
    """How a payer means to pay; the values are those of programme files."""

    CARD = "card"
    ACH = "ach"
    CHECK = "check"
    PURCHASE_ORDER = "purchase_order"
    TRANSFER = "internal_transfer"


METHOD_WORDS: Mapping[Method, Sentence] = {
    Method.CARD: say("Card"),
    Method.ACH: say("Bank account (ACH)"),
    Method.CHECK: say("Check"),
    Method.PURCHASE_ORDER: say("Purchase order, then a check"),
    Method.TRANSFER: say("Bank transfer"),
}


class Standing(StrEnum):
    """Where an invoice stands, as the ledger says; nobody writes it down."""

    NOTHING_TO_PAY = auto()
    OPEN = auto()
    PART_PAID = auto()
    OVERDUE = auto()
    PAID = auto()
    CREDIT = auto()


STANDING_WORDS: Mapping[Standing, Sentence] = {
    Standing.NOTHING_TO_PAY: say("Nothing to pay"),
    Standing.OPEN: say("Open"),
    Standing.PART_PAID: say("Part paid"),
    Standing.OVERDUE: say("Overdue"),
    Standing.PAID: say("Paid"),
    Standing.CREDIT: say("We owe money back"),
}


def standing_of(*, total_cents: int, balance_cents: int, overdue: bool) -> Standing:
    """Return where an invoice stands: ``balance_cents`` is what the ledger has open of it."""
    if balance_cents < 0:
        return Standing.CREDIT
    if balance_cents == 0:
        return Standing.PAID if total_cents else Standing.NOTHING_TO_PAY
    if overdue:
        return Standing.OVERDUE
    return Standing.OPEN if balance_cents >= total_cents else Standing.PART_PAID


class Series(StrEnum):
    """What has numbers of its own, without gaps in a fiscal year."""

    INVOICE = auto()
    CREDIT_NOTE = auto()
    RECEIPT = auto()
    QUOTE = auto()
    CONFIRMATION = auto()
    CERTIFICATE = auto()  # of credit, numbered by the calendar year


_PREFIXES: Mapping[Series, str] = {
    Series.INVOICE: "INV",
    Series.CREDIT_NOTE: "CN",
    Series.RECEIPT: "R",
    Series.QUOTE: "Q",
    Series.CONFIRMATION: "C",
    Series.CERTIFICATE: "CE",
}


def written_number(series: Series, year: int, serial: int) -> str:
    """Write a number as papers show it: INV-2027-0042."""
    return f"{_PREFIXES[series]}-{year}-{serial:04d}"
