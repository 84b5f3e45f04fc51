"""Papers and statements as PDF; what they say is what their pages say."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

from flask import current_app

from consortium.ports import Printer
from events.invoices.domain.paper_sheets import paper_sheet
from events.invoices.domain.papers import Paper
from events.invoices.domain.sheets import Sheet
from events.invoices.domain.statement_sheets import statement_sheet
from events.invoices.domain.statements import Statement


def paper_pdf(paper: Paper) -> bytes:
    """Return an invoice, quote, receipt, credit note or confirmation as a tagged PDF (PDF/UA)."""
    return _pdf(paper_sheet(paper))


def statement_pdf(statement: Statement) -> bytes:
    """Return a payer's statement as a tagged PDF (PDF/UA)."""
    return _pdf(statement_sheet(statement))


def statement_pdfs(statements: Iterable[Statement]) -> Iterator[bytes]:
    """Give the statements of many payers as PDFs, in their order, with all processors at work.

    Typst works outside Python's lock, one document on one processor.
    """
    printer: Printer = current_app.extensions["ports"].printer
    said = [_said(statement_sheet(one)) for one in statements]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield from pool.map(lambda one: printer.print("paper", one), said)


def _pdf(sheet: Sheet) -> bytes:
    printer: Printer = current_app.extensions["ports"].printer
    return printer.print("paper", _said(sheet))


def _said(sheet: Sheet) -> dict[str, Any]:
    return {"name": sheet.name, **asdict(sheet)}
