"""Purchase orders: a promise that reserves, and is no payment."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum, auto

from consortium.words import Sentence, say
from events.invoices.domain import MOST_CENTS, MoneyRefused

LONGEST_NUMBER = 40


class OrderStatus(StrEnum):
    """Where a purchase order stands; whether it is paid is the ledger's to say."""

    PROMISED = auto()
    RECEIVED = auto()
    INVOICED = auto()
    CLOSED = auto()
    LAPSED = auto()


ORDER_WORDS: Mapping[OrderStatus, Sentence] = {
    OrderStatus.PROMISED: say("Promised, not here yet"),
    OrderStatus.RECEIVED: say("Received"),
    OrderStatus.INVOICED: say("Invoiced against"),
    OrderStatus.CLOSED: say("Closed"),
    OrderStatus.LAPSED: say("Never came"),
}


def check_order_number(number: str) -> str:
    """Return the number exactly as the district wrote it, but for space around it.

    ``1E10``, leading zeros and hyphens are part of it: it is a text. Raises ``MoneyRefused``.
    """
    number = number.strip()
    if not number:
        raise MoneyRefused(
            say("Write the purchase order's number, as it stands on it."), field="number"
        )
    if len(number) > LONGEST_NUMBER:
        raise MoneyRefused(
            say("A purchase order's number has at most %(n)s characters.", n=LONGEST_NUMBER),
            field="number",
        )
    if any(unicodedata.category(one)[0] == "C" for one in number):
        raise MoneyRefused(
            say("Remove the hidden characters; typing the number again helps."), field="number"
        )
    return number


def check_amount(cents: int | None, *, field: str = "amount") -> int:
    """Return an amount of money someone may mean. Raises ``MoneyRefused``."""
    if cents is None or cents <= 0:
        raise MoneyRefused(say("Write an amount in dollars, like 150 or 150.00."), field=field)
    if cents > MOST_CENTS:
        raise MoneyRefused(
            say("This is more than a million dollars. Check the amount."), field=field
        )
    return cents
