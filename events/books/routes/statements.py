"""Statements: one payer's as page, PDF and CSV; those of all payers in parts."""

from uuid import UUID

from flask import g, render_template, request, send_file
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.errors import NotFound
from consortium.words import say
from events.books.domain.periods import Period, year_so_far
from events.books.exports import statements_archive, statements_file
from events.books.forms.lists import PeriodForm
from events.books.routes.blueprint import bp, hand_out, hand_out_pdf, note_export
from events.books.service import naming
from events.books.service.statements import (
    AT_ONCE,
    all_statements,
    payers_with_balance,
    statement_of,
    statements_of,
)
from events.invoices.domain.statement_sheets import statement_sheet
from events.invoices.exports import statement_pdf
from events.ledger import service as ledger


@bp.get("/money/payers/<uuid:payer_id>/statement")
@requires(Permission.SEE_MONEY)
def statement(payer_id: UUID) -> ResponseReturnValue:
    """Show a payer's statement."""
    form, period = asked_period()
    told = statement_of(payer_id, period)
    page = render_template(
        "events/books/statement.html",
        payer_id=payer_id,
        told=told,
        sheet=statement_sheet(told),
        form=form,
        asked=_asked(period),
    )
    return page, form.status


@bp.get("/money/payers/<uuid:payer_id>/statement.<any(csv, pdf):file_format>")
@requires(Permission.SEE_MONEY)
def statement_file(payer_id: UUID, file_format: str) -> ResponseReturnValue:
    """Give a payer's statement as a file."""
    _, period = asked_period()
    told = statement_of(payer_id, period)
    if file_format == "pdf":
        name = f"{g.tenant.slug}-statement-{period.until}"
        return hand_out_pdf(statement_pdf(told), what="statement", name=name, rows=1)
    table = statements_file([[told]], year_starts=naming.year_starts())
    return hand_out([table], what=f"statement-{period.until}", file_format="csv")


@bp.get("/money/statements")
@requires(Permission.SEE_MONEY)
def statements() -> ResponseReturnValue:
    """Offer the statements of all payers with a balance."""
    form, period = asked_period()
    count = len(payers_with_balance(period.until))
    page = render_template(
        "events/books/statements.html",
        form=form,
        asked=_asked(period),
        period=period,
        count=count,
        parts=[
            (number + 1, first + 1, min(first + AT_ONCE, count))
            for number, first in enumerate(range(0, count, AT_ONCE))
        ],
    )
    return page, form.status


@bp.get("/money/statements.csv")
@requires(Permission.SEE_MONEY)
def statements_csv() -> ResponseReturnValue:
    """Give the statements of all payers with a balance as one table."""
    _, period = asked_period()
    parts = all_statements(payers_with_balance(period.until), period)
    table = statements_file(parts, year_starts=naming.year_starts())
    return hand_out([table], what=f"statements-{period.until}", file_format="csv")


@bp.get("/money/statements/<int:number>.zip")
@requires(Permission.SEE_MONEY)
def statements_part(number: int) -> ResponseReturnValue:
    """Give one part of all statements as PDFs, one for each payer."""
    _, period = asked_period()
    first = (number - 1) * AT_ONCE
    ids = payers_with_balance(period.until)[first : first + AT_ONCE] if number > 0 else ()
    if not ids:
        raise NotFound(say("There are not so many statements."))
    file = statements_archive(statements_of(ids, period), first=first + 1)
    name = f"{g.tenant.slug}-statements-{period.until}-{number}.zip"
    note_export("statements", name, len(ids))
    return send_file(file, mimetype="application/zip", as_attachment=True, download_name=name)


def asked_period() -> tuple[PeriodForm, Period]:
    """Return the days that the address asks for; the fiscal year so far where it asks nothing."""
    today, starts = ledger.today(), naming.year_starts()
    form = PeriodForm()
    form.offer(naming.fiscal_years(today))
    period = form.period(year_so_far(today, starts), starts=starts)
    if not request.args:
        form.since.data, form.until.data = period.since, period.until
    return form, period


def _asked(period: Period) -> dict[str, str]:
    return {"since": period.since.isoformat(), "until": period.until.isoformat()}
