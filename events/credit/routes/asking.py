"""Evaluations as hosts write them, and what the answers come to."""

from flask import flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium import clock
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.spreadsheets import csv_file, xlsx_file
from events.credit.domain.evaluations import FEWEST, Kind
from events.credit.domain.rules import CreditRefused
from events.credit.exports import answers_table, results_table
from events.credit.forms import PartForm, QuestionsForm
from events.credit.routes.blueprint import MANAGED, bp
from events.credit.service import evaluations
from events.institutes import service as institutes
from events.institutes.models import Institute

MIME_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get(f"{MANAGED}/evaluation")
@requires(Permission.EDIT_INSTITUTES)
def asked(slug: str) -> ResponseReturnValue:
    """List the evaluations of an institute, and what more could be asked about."""
    return _list_page(_institute(slug), None)


@bp.post(f"{MANAGED}/evaluation")
@requires(Permission.EDIT_INSTITUTES)
def add_evaluation(slug: str) -> ResponseReturnValue:
    """Ask also after a day or a session."""
    institute = _institute(slug)
    form = PartForm(evaluations.parts_to_ask_about(institute))
    if form.validate_on_submit():
        with form.showing(CreditRefused), transaction():
            form.once(by=g.identity.email)
            row = evaluations.add_evaluation(institute, form.part.data or "", by=g.identity.email)
            flash(gettext("Look over the questions."))
            return form.answer(redirect(url_for(".write", slug=slug, about=row.about)))
    return _list_page(institute, form)


@bp.post(f"{MANAGED}/evaluation/remind")
@requires(Permission.EDIT_INSTITUTES)
def remind(slug: str) -> ResponseReturnValue:
    """Remind those who were there and have not answered."""
    institute, form = _institute(slug), ActForm()
    if form.validate_on_submit():
        with form.showing(CreditRefused), transaction():
            form.once(by=g.identity.email)
            n = evaluations.remind(institute, by=g.identity.email)
            flash(gettext("Reminders are on their way. People: %(n)s.", n=n))
            return form.answer(redirect(url_for(".asked", slug=slug)))
    return _list_page(_institute(slug), form)


@bp.route(f"{MANAGED}/evaluation/<about>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def write(slug: str, about: str) -> ResponseReturnValue:
    """Write the questions of one evaluation."""
    institute = _institute(slug)
    found = evaluations.get_form(institute, about)
    form = QuestionsForm(found)
    if form.validate_on_submit():
        with form.showing(CreditRefused), transaction():
            evaluations.change_evaluation(
                institute,
                about,
                form.items,
                rates_sessions=bool(form.rates_sessions.data),
                closes_on=form.closes_on.data,
                by_mail=bool(form.by_mail.data),
                version=form.read_version,
                by=g.identity.email,
            )
            flash(gettext("The questions are saved."))
            if "more" in request.form:
                return redirect(url_for(".write", slug=slug, about=about))
            return redirect(url_for(".asked", slug=slug))
    page = render_template("events/credit/write.html", institute=institute, found=found, form=form)
    return page, form.status


@bp.post(f"{MANAGED}/evaluation/<about>/remove")
@requires(Permission.EDIT_INSTITUTES)
def remove_evaluation(slug: str, about: str) -> ResponseReturnValue:
    """Ask no more after a day or a session."""
    institute, form = _institute(slug), ActForm()
    evaluations.get_form(institute, about)
    if form.validate_on_submit():
        with form.showing(CreditRefused), transaction():
            form.once(by=g.identity.email)
            evaluations.remove_evaluation(institute, about, by=g.identity.email)
            flash(gettext("It is asked no more."))
            return form.answer(redirect(url_for(".asked", slug=slug)))
    return _list_page(_institute(slug), form)


@bp.get(f"{MANAGED}/evaluation/<about>/results")
@requires(Permission.EDIT_INSTITUTES)
def results(slug: str, about: str) -> ResponseReturnValue:
    """Show what the answers come to."""
    institute = _institute(slug)
    report = evaluations.report_of(evaluations.get_form(institute, about))
    return render_template(
        "events/credit/results.html",
        institute=institute,
        report=report,
        fewest=FEWEST,
        kinds=Kind,
    )


@bp.get(f"{MANAGED}/evaluation/<about>/results.<any(csv, xlsx):file_format>")
@requires(Permission.EDIT_INSTITUTES)
def results_file(slug: str, about: str, file_format: str) -> ResponseReturnValue:
    """Give the same as a file: sums as CSV, and in a workbook whole answers, too."""
    institute = _institute(slug)
    report = evaluations.report_of(evaluations.get_form(institute, about))
    tables = [results_table(report), answers_table(report)]
    written = (
        csv_file(tables[0])
        if file_format == "csv"
        else xlsx_file(tables, title=institute.title, at=clock.now())
    )
    name = f"{slug}-evaluation-{about.replace(':', '-')}.{file_format}"
    return send_file(written.file, MIME_TYPES[file_format], as_attachment=True, download_name=name)


def _list_page(institute: Institute, form: ActForm | None) -> ResponseReturnValue:
    adding = (
        form if isinstance(form, PartForm) else PartForm(evaluations.parts_to_ask_about(institute))
    )
    forms = evaluations.evaluations_of(institute)
    shown = form if form is not None else adding
    page = render_template(
        "events/credit/asked.html",
        institute=institute,
        asked=forms,
        counts=evaluations.counts_of(forms),
        adding=adding,
        form=shown,
        waiting=len(evaluations.to_remind(institute)),
    )
    return page, shown.status


def _institute(slug: str) -> Institute:
    return institutes.get_by_slug(slug, drafts=True)
