"""Amounts as a coordinator writes them."""

import re
from decimal import Decimal

from wtforms import StringField

from consortium.words import dollars

MOST_DOLLARS = 1_000_000
_PRICE = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})*|\d+)(\.\d{2})?")


class PriceField(StringField):
    """An amount in dollars; ``cents`` is what it comes to."""

    @property
    def cents(self) -> int | None:
        """The amount in whole cents; ``None`` when nothing readable was written."""
        match = _PRICE.fullmatch((self.data or "").strip())
        if match is None:
            return None
        whole = Decimal(match[1].replace(",", "") + (match[2] or ""))
        return int(whole * 100) if whole <= MOST_DOLLARS else None

    def fill(self, cents: int | None) -> None:
        """Show an amount."""
        self.data = dollars(cents).removeprefix("$") if cents is not None else ""
