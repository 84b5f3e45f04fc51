"""Who bills and how, and the W-9."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.exports import file_answer
from consortium.words import say
from events.books.forms.settings import BooksForm, W9Form
from events.books.routes.blueprint import REFUSALS, bp, by, storage
from events.books.service.settings import change_settings
from events.invoices import service as invoices


@bp.route("/money/settings", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def settings() -> ResponseReturnValue:
    """Change what papers say of who bills, and how the books are kept."""
    form = BooksForm(invoices.settings())
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=by())
            change_settings(form.to_books(), version=form.read_version, by=by())
            flash(say("Saved. Papers issued before keep what they say."))
            return form.answer(redirect(url_for(".settings")))
    page = render_template(
        "events/books/settings.html", form=form, w9=invoices.w9(), books_kept=invoices.settings()
    )
    return page, form.status


@bp.route("/money/settings/w9", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def w9() -> ResponseReturnValue:
    """Put the W-9 here; a former one is replaced."""
    form = W9Form()
    if form.validate_on_submit():
        file = form.put(storage())
        person_id = g.person.id if g.person else None
        with form.showing(*REFUSALS), transaction():
            form.once(by=by())
            if file is not None:
                invoices.keep_w9(file, by=by(), person_id=person_id)
            flash(say("The W-9 is here. Payers can download it with their invoice."))
            return form.answer(redirect(url_for(".settings")))
    return render_template("events/books/w9.html", form=form, w9=invoices.w9()), form.status


@bp.get("/money/settings/w9-file")
@requires(Permission.SEE_MONEY)
def w9_file() -> ResponseReturnValue:
    """Give the W-9."""
    file = invoices.w9()
    if file is None:
        raise NotFound(say("There is no W-9 here yet."))
    return file_answer(file, files.content_of(storage(), file))
