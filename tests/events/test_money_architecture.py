"""Promises about money in the code itself."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, Float, Numeric

from consortium import schema

ROOT = Path(__file__).resolve().parents[2]
FEATURES = ("ledger", "invoices", "payments", "billing", "books")
MONEY = [path for name in FEATURES for path in (ROOT / "events" / name).rglob("*.py")]

pytestmark = pytest.mark.pure


def test_no_table_says_that_an_invoice_is_paid() -> None:
    """“Paid” is what the ledger comes to, and nowhere written down."""
    for name in ("invoice", "bill", "bill_share", "document"):
        columns = {column.name for column in schema.tables[name].columns}
        assert not {one for one in columns if "paid" in one or one in {"status", "balance_cents"}}


def test_nothing_writes_that_something_is_paid() -> None:
    written = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MONEY
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and node.attr in {"paid", "is_paid", "paid_at", "balance_cents"}
    }
    assert written == set()


def test_money_is_whole_cents_in_wide_columns() -> None:
    cents = [
        column
        for table in schema.tables.values()
        for column in table.columns
        if column.name.endswith("cents") and table.name != "quote"
    ]
    assert len(cents) > 15
    assert [str(column) for column in cents if not isinstance(column.type, BigInteger)] == []
    broken = {
        str(column)
        for table in schema.tables.values()
        for column in table.columns
        if isinstance(column.type, Float | Numeric) and table.name != "lea"
    }
    assert broken == set()  # an LEA's latitude is no money


def test_no_code_of_money_knows_floats() -> None:
    """A float of dollars is off by a cent sooner or later."""
    floats = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MONEY
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float")
    }
    assert floats == set()
