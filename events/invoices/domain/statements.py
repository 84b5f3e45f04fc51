"""A payer's statement: what was charged and paid between two days, and how old the rest is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Self

from pydantic import TypeAdapter

from events.invoices.domain.papers import Issuer, PaperDoesNotAddUp, Party, UnknownPaper

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class StatementRow:
    """One change of the balance; the number is that of the document it comes from."""

    on: date
    words: str
    number: str = ""
    charge_cents: int = 0
    paid_cents: int = 0
    balance_cents: int
    """The balance after this row."""


@dataclass(frozen=True, kw_only=True)
class Aged:
    """The closing balance by how many days it is past due; below zero where a credit stands."""

    current_cents: int = 0
    days_1_to_30_cents: int = 0
    days_31_to_60_cents: int = 0
    days_61_to_90_cents: int = 0
    older_cents: int = 0

    @property
    def total_cents(self) -> int:
        """All ages together."""
        return (
            self.current_cents
            + self.days_1_to_30_cents
            + self.days_31_to_60_cents
            + self.days_61_to_90_cents
            + self.older_cents
        )


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Everything a statement says, both days included. Cents are of US dollars."""

    issuer: Issuer
    bill_to: Party
    from_on: date
    to_on: date
    opening_cents: int
    rows: tuple[StatementRow, ...] = ()
    closing_cents: int
    aged: Aged
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return what may be kept of it. Raises PaperDoesNotAddUp."""
        check_balances(self)
        return {"statement": VERSION, **_shape().dump_python(self, mode="json")}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the statement that ``to_json`` wrote. Raises UnknownPaper."""
        if kept.get("statement") != VERSION:
            raise UnknownPaper(f"statement: {kept.get('statement')!r}")
        statement: Self = _shape().validate_python(dict(kept))
        return statement


@cache
def _shape() -> TypeAdapter[Any]:
    return TypeAdapter(Statement)


def check_balances(statement: Statement) -> None:
    """Raise PaperDoesNotAddUp unless each balance follows from the one before."""
    balance = statement.opening_cents
    for row in statement.rows:
        balance += row.charge_cents - row.paid_cents
        if balance != row.balance_cents:
            raise PaperDoesNotAddUp(f"{row.on} {row.number}: {row.balance_cents}, not {balance}")
    if balance != statement.closing_cents:
        raise PaperDoesNotAddUp(f"closing: {statement.closing_cents}, not {balance} cents")
    if balance != statement.aged.total_cents:
        raise PaperDoesNotAddUp(f"aged: {statement.aged.total_cents}, not {balance} cents")
