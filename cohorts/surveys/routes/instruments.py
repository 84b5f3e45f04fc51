"""Instruments: begun, written, brought and given as files."""

import json
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from cohorts.surveys.domain.instruments import Instrument
from cohorts.surveys.domain.starter import starter, starter_network
from cohorts.surveys.domain.writing import drafted
from cohorts.surveys.forms.answering import answer_form
from cohorts.surveys.forms.instruments import (
    BLANK,
    NETWORK,
    BeginForm,
    InstrumentFileForm,
    InstrumentForm,
)
from cohorts.surveys.imports.instrument_file import read_instrument
from cohorts.surveys.models import SurveyInstrument
from cohorts.surveys.routes.blueprint import MANAGE, bp
from cohorts.surveys.service import instruments
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Conflict, Refusal
from consortium.exchange.faults import FaultyFile
from consortium.forms import ActForm
from consortium.words import say

ONE = f"{MANAGE}/instruments/<uuid:instrument_id>"
UPLOAD = "upload-"
"""Tells the two forms of the page apart."""


@bp.get(f"{MANAGE}/instruments/new")
@requires(Permission.EDIT_INSTITUTES)
def new_instrument() -> ResponseReturnValue:
    """Ask with what a new instrument begins."""
    return _new_page(BeginForm(formdata=None), _upload(empty=True))


@bp.post(f"{MANAGE}/instruments/new")
@requires(Permission.EDIT_INSTITUTES)
def begin_instrument() -> ResponseReturnValue:
    """Begin an instrument with our questions, or with none."""
    form = BeginForm()
    if form.validate_on_submit():
        content = {NETWORK: starter_network, BLANK: starter}.get(form.begin.data, starter)()
        if form.begin.data == BLANK:
            content = content.model_copy(
                update={"title": str(say("New survey")), "scales": content.scales[:1]}
            )
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            row = instruments.write_instrument(content, by=g.identity.email)
            flash(say("Look over the questions and change what does not fit you."))
            return form.answer(redirect(url_for(".instrument", instrument_id=row.id)))
    return _new_page(form, _upload(empty=True))


@bp.post(f"{MANAGE}/instruments/file")
@requires(Permission.EDIT_INSTITUTES)
def bring_instrument() -> ResponseReturnValue:
    """Take an instrument from a file, with every fault in it said at once."""
    form = _upload()
    if form.validate_on_submit():
        try:
            content = read_instrument(form.name, form.content)
        except FaultyFile as faulty:
            form.form_errors.extend(faulty.lines)
            return _new_page(BeginForm(formdata=None), form)
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            row = instruments.write_instrument(content, by=g.identity.email)
            flash(say("The instrument is stored."))
            return form.answer(redirect(url_for(".instrument", instrument_id=row.id)))
    return _new_page(BeginForm(formdata=None), form)


@bp.route(ONE, methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def instrument(instrument_id: UUID) -> ResponseReturnValue:
    """Write an instrument; one in use gets a next version."""
    row = instruments.get_instrument(instrument_id)
    form = InstrumentForm.of(row.asked, version=row.version)
    if form.validate_on_submit():
        conflict = None
        with form.showing(Refusal):
            try:
                with transaction():
                    form.once(by=g.identity.email)
                    return form.answer(_kept(form, row))
            except Conflict as found:
                conflict = found
        if conflict is not None:
            row = instruments.get_instrument(instrument_id)
            form.version.data = str(row.version)
            return _page(row, form, conflict), Conflict.status
    return _page(row, form), form.status


@bp.get(f"{ONE}/preview")
@requires(Permission.EDIT_INSTITUTES)
def preview(instrument_id: UUID) -> ResponseReturnValue:
    """Show an instrument as people will see it."""
    row = instruments.get_instrument(instrument_id)
    form = answer_form(row.asked, ())
    return render_template("cohorts/surveys/preview.html", row=row, form=form, asked=row.asked)


@bp.get(f"{ONE}.json")
@requires(Permission.EDIT_INSTITUTES)
def instrument_file(instrument_id: UUID) -> ResponseReturnValue:
    """Give an instrument as the file that any consortium can take."""
    row = instruments.get_instrument(instrument_id)
    content = json.dumps(row.content, indent=1, ensure_ascii=False) + "\n"
    response = Response(content, mimetype="application/json")
    name = f"{row.code}-v{row.number}.json"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@bp.post(f"{ONE}/drop")
@requires(Permission.EDIT_INSTITUTES)
def drop_instrument(instrument_id: UUID) -> ResponseReturnValue:
    """Delete a version that nobody was asked with."""
    row = instruments.get_instrument(instrument_id)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            instruments.drop_instrument(row, by=g.identity.email)
            flash(say("It is deleted."))
            return form.answer(redirect(url_for(".manage")))
    shown = InstrumentForm.of(row.asked, version=row.version)
    shown.form_errors.extend(form.form_errors)
    return _page(row, shown), form.status


def _kept(form: InstrumentForm, row: SurveyInstrument) -> BaseResponse:
    content: Instrument = drafted(form.draft, row.asked)
    kept = instruments.change_instrument(
        row, content, version=form.read_version, by=g.identity.email
    )
    if kept.id != row.id:
        flash(say("Saved as version %(n)s: the former one is in use.", n=kept.number))
    else:
        flash(say("The questions are saved."))
    if "more" in request.form:
        return redirect(url_for(".instrument", instrument_id=kept.id))
    return redirect(url_for(".manage"))


def _page(row: SurveyInstrument, form: InstrumentForm, conflict: Conflict | None = None) -> str:
    return render_template("cohorts/surveys/instrument.html", row=row, form=form, conflict=conflict)


def _new_page(form: BeginForm, upload: InstrumentFileForm) -> ResponseReturnValue:
    refused = upload if upload.errors else form
    page = render_template(
        "cohorts/surveys/new_instrument.html", form=form, upload=upload, refused=refused
    )
    return page, refused.status


def _upload(*, empty: bool = False) -> InstrumentFileForm:
    if empty:
        return InstrumentFileForm(formdata=None, prefix=UPLOAD)
    return InstrumentFileForm(prefix=UPLOAD)
