"""The PDF and the page of a paper say the same facts, and both can be read aloud."""

from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template_string

from events.invoices.domain.paper_sheets import paper_sheet
from events.invoices.domain.papers import Paper, PaperLine, Party
from events.invoices.domain.sheets import Sheet
from events.invoices.domain.statement_sheets import statement_sheet
from events.invoices.exports import paper_pdf, statement_pdf
from tests.browser import Browser
from tests.events.invoices.papers.examples import EACH_KIND, INVOICE, RECEIPT, STATEMENT
from tests.events.invoices.papers.facts import facts
from tests.events.invoices.papers.reading_aloud import (
    decorations,
    read_aloud,
    squeezed,
    whole_text,
)
from tests.house_style import check_house_style

PAGE = """<!doctype html><html lang="en"><head><title>Paper</title>
{% import "components/paper.html" as paper %}{{ paper.styles() }}</head>
<body><h1>Paper</h1>{{ paper.sheet(sheet) }}{{ paper.sheet(sheet) }}</body></html>"""
LINES = tuple(
    PaperLine(what=f"Person {n}", how="1 at $1.00", cents=100, why="Member rate." * (n % 9 == 0))
    for n in range(60)
)
LONG = replace(
    INVOICE, lines=LINES, share=None, total_cents=6000, paid=(), due_cents=6000, replaces=None
)


def page_of(app: Flask, sheet: Sheet) -> Tag:
    with app.test_request_context():
        html = render_template_string(PAGE, sheet=sheet)
    check_house_style(html)
    article = BeautifulSoup(html, "html.parser").article
    assert article is not None
    return article


def missing(kept: dict[str, Any], text: str) -> list[str]:
    return sorted(fact for fact in facts(kept) if squeezed(fact) not in text)


@pytest.mark.parametrize("paper", EACH_KIND, ids=lambda paper: paper.kind)
def test_pdf_and_page_say_every_fact_of_the_paper(app: Flask, paper: Paper) -> None:
    kept = paper.to_json()
    assert missing(kept, whole_text(paper_pdf(paper))) == []
    assert missing(kept, squeezed(page_of(app, paper_sheet(paper)).get_text())) == []


def test_pdf_and_page_say_every_fact_of_the_statement(app: Flask) -> None:
    kept = STATEMENT.to_json()
    assert missing(kept, whole_text(statement_pdf(STATEMENT))) == []
    assert missing(kept, squeezed(page_of(app, statement_sheet(STATEMENT)).get_text())) == []


@pytest.mark.parametrize("sheet", [*map(paper_sheet, EACH_KIND), statement_sheet(STATEMENT)])
def test_the_page_reads_in_the_order_of_the_pdf(app: Flask, sheet: Sheet) -> None:
    by_title = {paper_sheet(paper).title: paper for paper in EACH_KIND}
    paper = by_title.get(sheet.title)
    pdf = paper_pdf(paper) if paper else statement_pdf(STATEMENT)

    assert whole_text(pdf).replace("·", "") == squeezed(page_of(app, sheet).get_text())


def test_the_pdf_is_tagged_titled_and_in_english() -> None:
    for pdf, title in (
        (paper_pdf(INVOICE), b"Invoice INV-2026-0007"),
        (paper_pdf(RECEIPT), b"Receipt R-2026-0012"),
        (statement_pdf(STATEMENT), b"Statement January 1, 2026 to March 31, 2026"),
    ):
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
        assert b"/Type/StructTreeRoot" in pdf
        assert b"/Lang(en)" in pdf
        assert b'<rdf:li xml:lang="x-default">' + title + b"</rdf:li>" in pdf


def test_the_pdf_is_heard_from_its_title_to_its_slip() -> None:
    heard = read_aloud(paper_pdf(INVOICE))

    assert [one.text for one in heard if one.tag in {"H1", "H2"}] == [
        "Invoice",
        "Charges",
        "How to pay",
        "Please note",
        "What changed since revision 1",
    ]
    assert [one.text for one in heard if one.tag == "TH"] == ["What", "How many", "Amount"]
    texts = [one.text for one in heard]
    facts_begin = texts.index("Date")
    assert texts[facts_begin : facts_begin + 6] == [
        "Date",
        "March 2, 2026",
        "Due by",
        "April 1, 2026",
        "Purchase order",
        "0042E10",
    ]
    assert texts[-3:] == ["Amount due", "$8,226.88", "Amount enclosed"]


def test_sixty_lines_take_several_pages_with_the_heads_on_each() -> None:
    pdf = paper_pdf(LONG)

    feet = decorations(pdf)
    heard = [one.text for one in read_aloud(pdf)]
    assert [one for one in heard if one.startswith("Person")] == [line.what for line in LINES]
    assert heard.count("How many") == 1, "a head is read aloud once, not on each page"
    assert ["How many" in one for one in feet] == [False, True, False]
    assert [one[-5:] for one in feet] == ["1 / 3", "2 / 3", "3 / 3"]
    assert all("Invoice INV-2026-0007, Revision 2" in one for one in feet)


def test_names_of_any_script_and_length_are_printed(app: Flask) -> None:
    mail = "payables-and-purchase-orders@departments.long-unified-school-district.k12.ca.us"
    payer = Party(
        name="Nguyễn-Østergård y Fernández de León",
        attention="محمد عبد الرحمن",
        address=("東京都千代田区丸の内一丁目", "W" * 60, "San José, CA 95112"),
        email=mail,
    )
    paper = replace(INVOICE, bill_to=payer)

    text = whole_text(paper_pdf(paper))

    assert squeezed(payer.name) in text
    assert "SanJosé,CA95112" in text
    assert mail in text, "nothing is added where a long word is broken"
    page = page_of(app, paper_sheet(paper))
    assert payer.attention in page.get_text()
    assert [one.text for one in page.select(".paper__address bdi")][2:4] == list(payer.address[:2])


def test_whatever_a_paper_says_is_only_text(app: Flask) -> None:
    words = '#panic() $x$ *a* <script>alert(1)</script> \\ "q" @b'
    paper = replace(INVOICE, notes=(words,))

    assert squeezed(words) in whole_text(paper_pdf(paper))
    page = page_of(app, paper_sheet(paper))
    assert words in page.get_text()
    assert page.find("script") is None


def test_the_page_is_a_table_with_heads_for_its_rows_and_columns(app: Flask) -> None:
    page = page_of(app, paper_sheet(INVOICE))

    table = page.table
    assert table is not None
    assert table.caption is not None
    assert table.caption.get_text() == "Charges"
    assert [one.get_text() for one in table.select("thead th[scope=col]")] == [
        "What",
        "How many",
        "Amount",
    ]
    assert len(table.select("tbody th[scope=row]")) == len(INVOICE.lines)
    assert [one.name for one in page.find_all(["h2", "h3"])] == ["h2", "h3", "h3", "h3"]
    link = page.a
    assert link is not None
    assert link["href"] == INVOICE.pay_at


def test_the_page_has_its_stylesheet(client: Browser) -> None:
    assert ".paper" in client.get("/static/paper.css").text
