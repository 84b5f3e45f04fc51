"""Programme files in the browser, and what pages of institutes say of a cohort's meetings."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.programmes import service as programmes
from events.programmes.domain import Choices, FaultyProgramme, Reading, parse
from events.programmes.domain.meetings import MeetingLine
from events.programmes.forms import LoadForm, UploadForm

bp = Blueprint("programmes", __name__)


@bp.route("/manage/programme-file", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def upload() -> ResponseReturnValue:
    """Take a programme file, show what it says or what is wrong with it, then load it."""
    if "content" in request.form:
        return _load()
    form = UploadForm()
    if form.validate_on_submit():
        return _show(form)
    return render_template("events/programmes/upload.html", form=form), form.status


def _load() -> ResponseReturnValue:
    form = LoadForm()
    if form.validate():
        try:
            programme = parse(form.file, _choices(form)).programme
        except FaultyProgramme as faulty:
            return _faults(faulty)
        try:
            with transaction():
                form.once(by=g.identity.email)
                institute = programmes.load_programme(
                    programme,
                    by=g.identity.email,
                    publish=bool(form.publish.data),
                    seen=form.seen.data or "",
                )
                flash(gettext("The programme file is loaded."))
                return form.answer(redirect(url_for("institutes.show", slug=institute.slug)))
        except Refusal as refusal:
            form.form_errors.append(refusal.message)
            return _show_again(form, refusal.status)
    return _show_again(form)


def _show(upload: UploadForm) -> ResponseReturnValue:
    try:
        reading = parse(upload.content, _choices(upload))
    except FaultyProgramme as faulty:
        return _faults(faulty)
    # A schedule says nothing of registration: someone looks at that before it opens.
    publish = not reading.programme.schedule_only
    return _preview(reading, LoadForm.holding(upload, publish=publish))


def _show_again(form: LoadForm, status: HTTPStatus | None = None) -> ResponseReturnValue:
    try:
        reading = parse(form.file, _choices(form))
    except FaultyProgramme as faulty:
        return _faults(faulty)
    return _preview(reading, form, status)


def _choices(form: UploadForm | LoadForm) -> Choices:
    home = g.tenant.time_zone
    return Choices(zone=form.zone.data or "", home=home, rounds=bool(form.rounds.data))


def _preview(
    reading: Reading, form: LoadForm, status: HTTPStatus | None = None
) -> ResponseReturnValue:
    plan = programmes.plan(reading.programme)
    form.seen.data = plan.seen
    page = render_template(
        "events/programmes/preview.html",
        form=form,
        reading=reading,
        plan=plan,
    )
    return page, status or form.status


def _faults(faulty: FaultyProgramme) -> ResponseReturnValue:
    page = render_template(
        "events/programmes/faults.html", form=UploadForm(formdata=None), faulty=faulty
    )
    return page, faulty.status


@bp.get("/manage/institutes/<slug>/programme.json")
@requires(Permission.EDIT_INSTITUTES)
def export(slug: str) -> ResponseReturnValue:
    """Give the institute as a plain programme file."""
    institute = institutes.get_by_slug(slug, drafts=True)
    text = json.dumps(programmes.export_programme(institute), ensure_ascii=False, indent=2)
    answer = Response(text + "\n", mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}.json")
    return answer


@bp.post("/manage/institutes/<slug>/unpublish")
@requires(Permission.EDIT_INSTITUTES)
def unpublish(slug: str) -> ResponseReturnValue:
    """Make a published institute a draft again, while no team is registered."""
    institute = institutes.get_by_slug(slug, drafts=True)
    with transaction():
        programmes.unpublish(institute, by=g.identity.email)
        flash(gettext("The institute is a draft again."))
        return redirect(url_for("institutes.edit", slug=slug))


@bp.app_template_global()
def institute_meetings(institute: Institute) -> Sequence[MeetingLine]:
    """Give the institute's page the meetings of its cohort.

    That page belongs to a feature below the sessions, so it asks for them by this name.
    """
    return programmes.meetings_of(institute)


@bp.app_template_global()
def meeting_days(institutes: Iterable[Institute]) -> Mapping[UUID, Sequence[date | None]]:
    """Give pages that list institutes the days on which their cohorts meet."""
    return programmes.meeting_days(institutes)
