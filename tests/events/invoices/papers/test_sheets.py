"""A paper laid out says everything the paper says, and the one thing that its reader looks for."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from consortium.words import translated
from events.invoices.domain.paper_days import day_in_words
from events.invoices.domain.paper_sheets import paper_sheet
from events.invoices.domain.papers import Issuer, PaidLine, Paper, PaperKind, Replaces
from events.invoices.domain.sheets import Sheet
from events.invoices.domain.statement_sheets import statement_sheet
from events.invoices.domain.statements import Aged, Statement
from tests.events.invoices.papers.examples import (
    CONFIRMATION,
    CREDIT_NOTE,
    INVOICE,
    QUOTE,
    RECEIPT,
    STATEMENT,
    papers,
    statements,
)
from tests.events.invoices.papers.facts import facts

pytestmark = pytest.mark.pure


def whole(part: Any) -> str:
    parts = part.values() if isinstance(part, dict) else part
    return "\n".join(map(whole, parts)) if isinstance(part, dict | tuple) else str(part)


def said(sheet: Sheet) -> str:
    return whole(asdict(sheet))


def strong(sheet: Sheet) -> tuple[str, str]:
    (fact,) = (fact for fact in sheet.facts if fact.strong)
    return fact.label, fact.lines[0]


@settings(max_examples=40)
@given(papers())
def test_the_sheet_says_all_that_the_paper_says(paper: Paper) -> None:
    text = said(paper_sheet(paper))
    assert [fact for fact in facts(paper.to_json()) if fact not in text] == []


@settings(max_examples=40)
@given(statements())
def test_the_sheet_says_all_that_the_statement_says(statement: Statement) -> None:
    text = said(statement_sheet(statement))
    assert [fact for fact in facts(statement.to_json()) if fact not in text] == []


@pytest.mark.parametrize(
    ("paper", "standing", "amount"),
    [
        (INVOICE, "", ("Amount due", "$8,226.88")),
        (QUOTE, "This is a quote. Nothing is due yet.", ("Total", "$18,453.75")),
        (
            CREDIT_NOTE,
            "This lowers invoice INV-2026-0007. It is not a bill.",
            ("Amount credited", "$100.00"),
        ),
        (
            CONFIRMATION,
            "There is nothing to pay. Please keep this for your records.",
            ("Amount due", "$0.00"),
        ),
        (
            RECEIPT,
            "We have received your payment. Thank you.",
            ("Amount received", "$1,500.00"),
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Paper) else "",
)
def test_each_kind_says_what_to_do_with_it(
    paper: Paper, standing: str, amount: tuple[str, str]
) -> None:
    sheet = paper_sheet(paper)
    assert (sheet.standing, strong(sheet)) == (standing, amount)
    assert (sheet.slip is not None) == (paper.kind is PaperKind.INVOICE)


@pytest.mark.parametrize(
    ("paid", "standing", "amount"),
    [
        (922_688, "There is nothing left to pay.", ("Amount due", "$0.00")),
        (
            1_000_000,
            "More was paid than this invoice asks for. What is over is in your favor.",
            ("In your favor", "$773.12"),
        ),
    ],
)
def test_a_paid_invoice_asks_for_nothing(paid: int, standing: str, amount: tuple[str, str]) -> None:
    line = replace(INVOICE.paid[0], cents=paid)
    sheet = paper_sheet(replace(INVOICE, paid=(line,), due_cents=922_688 - paid))
    assert (sheet.standing, strong(sheet), sheet.slip) == (standing, amount, None)


def test_the_sums_lead_from_the_lines_to_what_is_due() -> None:
    (table,) = paper_sheet(INVOICE).tables
    assert [(one.label, one.amount, one.strong) for one in table.sums] == [
        ("All charges", "$18,453.75", False),
        (INVOICE.share.words if INVOICE.share else "", "$9,226.88", False),
        ("Paid February 20, 2026: Check 1187", "-$1,000.00", False),
        ("Amount due", "$8,226.88", True),
    ]


def test_money_that_went_back_is_not_called_paid() -> None:
    back = PaidLine(on=date(2026, 2, 27), words="Check 1187 returned", cents=-100_000)
    paper = replace(INVOICE, paid=(*INVOICE.paid, back), due_cents=922_688)
    (table,) = paper_sheet(paper).tables
    assert [(one.label, one.amount) for one in table.sums[2:4]] == [
        ("Paid February 20, 2026: Check 1187", "-$1,000.00"),
        ("Paid back February 27, 2026: Check 1187 returned", "$1,000.00"),
    ]


def test_money_that_belongs_to_no_invoice_yet_is_said() -> None:
    applied = paper_sheet(RECEIPT).tables[1]
    assert [row.cells for row in applied.rows] == [
        ("INV-2026-0007", "Institute", "$1,000.00", "$7,226.88"),
        ("INV-2026-0008", "Workshop", "$400.00", "$0.00"),
        ("Not applied yet", "", "$100.00", ""),
    ]


def test_a_purchase_order_number_stands_as_it_was_given() -> None:
    facts_ = {fact.label: fact.lines for fact in paper_sheet(INVOICE).facts}
    assert facts_["Purchase order"][0] == "0042E10"


def test_a_check_goes_to_the_issuer_where_no_other_name_or_address_is_given() -> None:
    issuer = Issuer(name="Lakeshore", address=("400 Harbor Road",))
    sheet = paper_sheet(replace(INVOICE, issuer=issuer))
    assert sheet.blocks[1].lines == ("Lakeshore", "400 Harbor Road")


def test_the_former_number_is_said_where_it_is_another_one() -> None:
    former = Replaces(number="INV-2025-0099", revision=1, changes=("The payer.",))
    facts_ = {
        fact.label: fact.lines for fact in paper_sheet(replace(INVOICE, replaces=former)).facts
    }
    assert facts_["Replaces"] == ("INV-2025-0099, revision 1",)
    assert "Replaces" not in {fact.label for fact in paper_sheet(INVOICE).facts}


def test_a_settled_statement_asks_for_nothing() -> None:
    rows = STATEMENT.rows[:1]
    settled = replace(STATEMENT, rows=rows, closing_cents=0, aged=Aged())
    sheet = statement_sheet(settled)
    assert (sheet.standing, strong(sheet), sheet.slip) == (
        "There is nothing to pay.",
        ("Amount due", "$0.00"),
        None,
    )
    assert len(sheet.blocks) == 1


def test_days_are_said_in_the_readers_language() -> None:
    spanish = {"March": "marzo", "%(month)s %(day)s, %(year)s": "%(day)s de %(month)s de %(year)s"}
    day = day_in_words(date(2026, 3, 2))
    assert day == "March 2, 2026"
    assert translated(day, lambda text: spanish.get(text, text)) == "2 de marzo de 2026"
