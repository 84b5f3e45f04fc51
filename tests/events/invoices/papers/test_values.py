"""Papers are kept as JSON for ever, and none is kept whose figures contradict each other."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from consortium.words import say
from events.invoices.domain.papers import (
    Paper,
    PaperDoesNotAddUp,
    PaperKind,
    PaperLine,
    UnknownPaper,
)
from events.invoices.domain.statements import Aged, Statement
from tests.events.invoices.papers.examples import (
    CONFIRMATION,
    CREDIT_NOTE,
    EACH_KIND,
    INVOICE,
    QUOTE,
    RECEIPT,
    STATEMENT,
    papers,
    statements,
)

pytestmark = pytest.mark.pure


def through_text(kept: dict[str, Any]) -> Any:
    return json.loads(json.dumps(kept))


@settings(max_examples=40)
@given(papers())
def test_a_kept_paper_is_read_back_as_it_was(paper: Paper) -> None:
    assert Paper.from_json(through_text(paper.to_json())) == paper


@settings(max_examples=40)
@given(statements())
def test_a_kept_statement_is_read_back_as_it_was(statement: Statement) -> None:
    assert Statement.from_json(through_text(statement.to_json())) == statement


def test_the_shape_names_its_version() -> None:
    assert INVOICE.to_json()["paper"] == 1
    assert STATEMENT.to_json()["statement"] == 1
    with pytest.raises(UnknownPaper, match="2"):
        Paper.from_json({**INVOICE.to_json(), "paper": 2})
    with pytest.raises(UnknownPaper, match="None"):
        Statement.from_json({})


def test_a_paper_of_an_earlier_shape_takes_what_it_does_not_say_as_not_said() -> None:
    kept = INVOICE.to_json()
    for later in ("pay_at", "replaces", "share", "applied", "corrects"):
        del kept[later]

    read = Paper.from_json(kept)

    assert read == replace(INVOICE, pay_at="", replaces=None, share=None)


def test_sentences_of_the_rules_are_kept_as_plain_text() -> None:
    paper = replace(INVOICE, notes=(say("Only %(n)s seats are left.", n=3),))

    (note,) = Paper.from_json(through_text(paper.to_json())).notes

    assert type(note) is str
    assert note == "Only 3 seats are left."


@pytest.mark.parametrize("paper", EACH_KIND, ids=lambda paper: paper.kind)
def test_the_examples_add_up(paper: Paper) -> None:
    assert paper.to_json()["total_cents"] == paper.total_cents


ONE = PaperLine(what="One more", how="1 at $0.01", cents=1)


@pytest.mark.parametrize(
    ("paper", "fault"),
    [
        (replace(QUOTE, lines=(*QUOTE.lines, ONE)), "the lines: 1845376, the total: 1845375"),
        (replace(INVOICE, lines=(*INVOICE.lines, ONE)), "what is shared: 1845375 cents"),
        (replace(INVOICE, lines=(), share=None), "the lines: 0, the total: 922688"),
        (replace(INVOICE, total_cents=1_845_376, due_cents=1_745_376), "share is more"),
        (replace(INVOICE, due_cents=922_688), "what is due: 922688, the total less .* 822688"),
        (replace(CREDIT_NOTE, lines=(), total_cents=-1), "below zero"),
        (replace(CONFIRMATION, lines=(ONE,), total_cents=1, due_cents=1), "something is"),
        (replace(CONFIRMATION, lines=(ONE,), total_cents=1, due_cents=None), "something is"),
        (replace(RECEIPT, total_cents=149_999), "what came: 150000, the total: 149999"),
        (replace(RECEIPT, applied=(*RECEIPT.applied, *RECEIPT.applied)), "280000 applied of"),
        (replace(RECEIPT, lines=(ONE,)), "the lines: 1"),
    ],
)
def test_a_paper_that_does_not_add_up_is_not_kept(paper: Paper, fault: str) -> None:
    with pytest.raises(PaperDoesNotAddUp, match=fault):
        paper.to_json()


def test_an_overpaid_invoice_is_due_below_zero() -> None:
    paid = (replace(INVOICE.paid[0], cents=1_000_000),)
    paper = replace(INVOICE, paid=paid, due_cents=-77_312)
    assert Paper.from_json(paper.to_json()).due_cents == -77_312


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (replace(STATEMENT, opening_cents=12_501), "2026-01-12 : 0, not 1"),
        (replace(STATEMENT, rows=STATEMENT.rows[:2]), "closing: 822688, not 922688"),
        (replace(STATEMENT, aged=Aged(current_cents=1)), "aged: 1, not 822688"),
    ],
)
def test_a_statement_that_does_not_add_up_is_not_kept(statement: Statement, fault: str) -> None:
    with pytest.raises(PaperDoesNotAddUp, match=fault):
        statement.to_json()


def test_each_kind_has_an_example() -> None:
    assert {paper.kind for paper in EACH_KIND} == set(PaperKind)
