"""The journal as files, and the trial balance."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from events.books.routes.blueprint import bp, hand_out
from events.books.routes.statements import asked_period
from events.books.service import naming
from events.ledger import service as ledger
from events.ledger.exports import journal_table, quickbooks_table


@bp.get("/money/journal")
@requires(Permission.SEE_MONEY)
def journal() -> ResponseReturnValue:
    """Show the trial balance of some days, and offer their journal as files."""
    form, period = asked_period()
    page = render_template(
        "events/books/journal.html",
        form=form,
        period=period,
        asked={"since": period.since.isoformat(), "until": period.until.isoformat()},
        trial=ledger.trial_balance(period.since, period.until),
    )
    return page, form.status


@bp.get("/money/journal.<any(csv, xlsx):file_format>")
@requires(Permission.SEE_MONEY)
def journal_file(file_format: str) -> ResponseReturnValue:
    """Give the journal, a row for each line."""
    _, period = asked_period()
    table = journal_table(
        ledger.journal(period.since, period.until),
        naming.names(),
        year_starts=naming.year_starts(),
    )
    what = f"journal-{period.since}-{period.until}"
    return hand_out([table], what=what, file_format=file_format)


@bp.get("/money/quickbooks.csv")
@requires(Permission.SEE_MONEY)
def quickbooks() -> ResponseReturnValue:
    """Give the journal as bookkeeping programs import it."""
    _, period = asked_period()
    table = quickbooks_table(
        ledger.journal(period.since, period.until),
        naming.names(),
        year_starts=naming.year_starts(),
    )
    what = f"quickbooks-{period.since}-{period.until}"
    return hand_out([table], what=what, file_format="csv")
