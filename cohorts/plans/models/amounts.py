"""Measured values as both databases keep them alike: whole numbers of the smallest part."""

from decimal import Decimal
from typing import Annotated

from sqlalchemy import BigInteger, Dialect
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from cohorts.plans.domain.amounts import PLACES

_PARTS = 10**PLACES


class Measured(TypeDecorator[Decimal]):
    """A number with four decimals; SQLite has none of its own that are exact."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> int | None:
        """Store whole parts."""
        return None if value is None else int(value * _PARTS)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Decimal | None:
        """Give the number back."""
        return None if value is None else Decimal(value) / _PARTS


Amount = Annotated[Decimal, mapped_column(Measured)]
