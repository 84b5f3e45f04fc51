"""What goals measure: numbers as people write them, with what they count."""

import re
from decimal import Decimal

PLACES = 4
MOST = Decimal(1_000_000_000)
_WRITTEN = re.compile(r"[-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.[0-9]{1,4})? ?%?")


def read_amount(text: str) -> Decimal | None:
    """Return the number that someone wrote, as 62, 62.5, -3 or 1,250; ``None`` for anything else.

    A percent sign behind it is dropped: what the number counts stands in the goal's unit. At most
    four decimals and a thousand million, in ASCII digits.
    """
    text = text.strip()
    if not _WRITTEN.fullmatch(text):
        return None
    amount = Decimal(text.replace(",", "").replace("−", "-").rstrip("% "))
    return amount if abs(amount) <= MOST else None


def written(amount: Decimal | None) -> str:
    """Write a number without zeros that say nothing: 62.50 is 62.5; nothing is empty."""
    if amount is None:
        return ""
    plain = f"{amount:,.{PLACES}f}".rstrip("0").rstrip(".")
    return "0" if plain == "-0" else plain


def with_unit(amount: Decimal | None, unit: str) -> str:
    """Write a number with what it counts: 62%, 14 days."""
    if amount is None:
        return ""
    if unit in {"%", "percent"}:
        return f"{written(amount)}%"
    return f"{written(amount)} {unit}".rstrip()
