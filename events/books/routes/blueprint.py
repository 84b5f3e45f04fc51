"""What every page of the books starts from."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, current_app, g, request, send_file
from flask.typing import ResponseReturnValue

from consortium import clock, spreadsheets
from consortium.database import end_reading, transaction
from consortium.people.domain import NotAnAddress
from consortium.ports import FileStorage
from consortium.spreadsheets import Table
from events.books.domain.aging import AGE_WORDS
from events.books.service import settings as service
from events.books.service.months import STATE_WORDS
from events.invoices.domain import PAYER_WORDS, STANDING_WORDS, MoneyRefused
from events.invoices.domain.dunning import LEVEL_WORDS
from events.invoices.domain.orders import ORDER_WORDS
from events.invoices.domain.paper_sheets import TITLES
from events.ledger.domain import ACCOUNT_WORDS, KIND_WORDS, month_words
from events.ledger.service import ClosingRefused
from events.payments.domain import STATUS_WORDS
from events.payments.service.applying import in_words

bp = Blueprint("books", __name__)

REFUSALS = (MoneyRefused, ClosingRefused, NotAnAddress)
"""What a page shows beside its form; anything else is a page of its own (404, 409)."""
MIME_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "account_words": ACCOUNT_WORDS,
        "age_words": AGE_WORDS,
        "entry_words": KIND_WORDS,
        "level_words": LEVEL_WORDS,
        "month_words": month_words,
        "month_states": STATE_WORDS,
        "order_words": ORDER_WORDS,
        "paper_words": TITLES,
        "payer_words": PAYER_WORDS,
        "payment_statuses": STATUS_WORDS,
        "payment_words": in_words,
        "standing_words": STANDING_WORDS,
    }


def by() -> str:
    """Return who acts, as the record says it."""
    address: str = g.identity.email
    return address


def page_number() -> int:
    """Return which page of a list the address asks for."""
    return request.args.get("page", default=1, type=int)


def storage() -> FileStorage:
    """Return where files lie."""
    port: FileStorage = current_app.extensions["ports"].storage
    return port


def hand_out(
    tables: Sequence[Table], *, what: str, file_format: str, title: str = ""
) -> ResponseReturnValue:
    """Answer with tables as a file, and note that they left: who, what, how many rows."""
    if file_format == "xlsx":
        written = spreadsheets.xlsx_file(tables, title=title or tables[0].name, at=clock.now())
    else:
        written = spreadsheets.csv_file(tables[0])
    name = f"{g.tenant.slug}-{what}.{file_format}"
    note_export(what, name, written.rows)
    return send_file(
        written.file, mimetype=MIME_TYPES[file_format], as_attachment=True, download_name=name
    )


def hand_out_pdf(content: bytes, *, what: str, name: str, rows: int) -> Response:
    """Answer with a PDF to save, and note that it left."""
    note_export(what, f"{name}.pdf", rows)
    return Response(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )


def note_export(what: str, file: str, rows: int) -> None:
    """Write down that a file left; reading is over by now."""
    end_reading()
    with transaction():
        service.record_export(what, file=file, rows=rows, by=by())
