"""Amounts, shares and counts as a coordinator writes them: ASCII digits and nothing clever."""

import re
from decimal import Decimal

from wtforms import StringField

from consortium.fields import NumberField
from consortium.words import dollars, say

MOST_DOLLARS = 1_000_000
NO_PRICE = say("Write a price in dollars, like 150 or 150.00.")
_PRICE = re.compile(r"\$? ?([0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)(\.[0-9]{2})?")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?) ?%?")
_WHOLE = re.compile(r"[0-9]{1,9}")
POINTS = 100
"""Basis points of one percent."""


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


class PercentField(StringField):
    """A share in percent, with at most two decimals; ``basis_points`` is what it comes to."""

    @property
    def basis_points(self) -> int | None:
        """The share in basis points; ``None`` when nothing readable was written."""
        match = _PERCENT.fullmatch((self.data or "").strip())
        points = int(Decimal(match[1]) * POINTS) if match else None
        return points if points is not None and points <= 100 * POINTS else None

    def fill(self, points: int | None) -> None:
        """Show a share."""
        whole, rest = divmod(points or 0, POINTS)
        self.data = f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if points else ""


class CountField(NumberField):
    """A whole number in plain digits; “1_000” and digits of other scripts are none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        if any(text.strip() and not _WHOLE.fullmatch(text.strip()) for text in valuelist):
            self.data = None
            raise ValueError(say("Write a whole number, such as 40."))
        super().process_formdata(valuelist)
