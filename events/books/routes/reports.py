"""Reports: aged receivables; figures by institute, grant and kind of payer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.paging import page_of
from consortium.spreadsheets import Table
from consortium.words import Sentence, say
from events.books.domain.figures import FiguresLine, total
from events.books.exports import aged_file, figures_file
from events.books.forms.lists import AsOfForm
from events.books.routes.blueprint import bp, hand_out, page_number
from events.books.service import figures, naming
from events.books.service.aging import aged_table
from events.ledger import service as ledger


@dataclass(frozen=True, kw_only=True)
class Report:
    """A table of figures: what it is called, what stands in its first columns."""

    title: Sentence
    named: Sentence
    read: Callable[[date], tuple[FiguresLine, ...]]
    detailed: Sentence | None = None


REPORTS: Mapping[str, Report] = {
    "institutes": Report(
        title=say("Money by institute"), named=say("Institute"), read=figures.by_institute
    ),
    "grants": Report(
        title=say("Money by grant"),
        named=say("Grant"),
        read=figures.by_grant,
        detailed=say("Grant number"),
    ),
    "kinds": Report(
        title=say("Money by kind of payer"), named=say("Kind of payer"), read=figures.by_kind
    ),
}


@bp.get("/money/aged")
@requires(Permission.SEE_MONEY)
def aged() -> ResponseReturnValue:
    """Show what each payer owes by how long it is past due."""
    form = AsOfForm()
    table = aged_table(form.day(ledger.today()))
    form.on.data = table.on
    found = page_of(table.lines, page_number())
    page = render_template("events/books/aged.html", form=form, table=table, found=found)
    return page, form.status


@bp.get("/money/aged.<any(csv, xlsx):file_format>")
@requires(Permission.SEE_MONEY)
def aged_export(file_format: str) -> ResponseReturnValue:
    """Give aged receivables as a file."""
    table = aged_table(AsOfForm().day(ledger.today()))
    file = aged_file(table, year_starts=naming.year_starts())
    return hand_out([file], what=f"aged-{table.on}", file_format=file_format)


@bp.get("/money/reports/<any(institutes, grants, kinds):report>")
@requires(Permission.SEE_MONEY)
def report(report: str) -> ResponseReturnValue:
    """Show billed, received, refunded and open of each."""
    form = AsOfForm()
    on = form.day(ledger.today())
    form.on.data = on
    lines = REPORTS[report].read(on)
    page = render_template(
        "events/books/report.html",
        form=form,
        key=report,
        report=REPORTS[report],
        lines=lines,
        total=total(lines),
        on=on,
    )
    return page, form.status


@bp.get("/money/reports/<any(institutes, grants, kinds):report>.<any(csv, xlsx):file_format>")
@requires(Permission.SEE_MONEY)
def report_export(report: str, file_format: str) -> ResponseReturnValue:
    """Give the same figures as a file."""
    on = AsOfForm().day(ledger.today())
    return hand_out([_file(REPORTS[report], on)], what=f"{report}-{on}", file_format=file_format)


def _file(one: Report, on: date) -> Table:
    return figures_file(
        one.read(on),
        name=str(one.named),
        named=str(one.named),
        detailed=str(one.detailed or ""),
        on=on,
    )
