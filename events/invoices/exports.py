"""Papers and statements as PDF; what they say is what their pages say."""

from dataclasses import asdict

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


def _pdf(sheet: Sheet) -> bytes:
    printer: Printer = current_app.extensions["ports"].printer
    return printer.print("paper", {"name": sheet.name, **asdict(sheet)})
