"""Whom a wave asks: from seats, by a list, one by one."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from cohorts.surveys.domain.listing import ListRefused
from cohorts.surveys.domain.places import GROUP_WORDS, side_in_words
from cohorts.surveys.domain.waves import State
from cohorts.surveys.exports.tables import example_list
from cohorts.surveys.forms.waves import PersonForm, StaffListForm
from cohorts.surveys.imports.staff_list import read_staff
from cohorts.surveys.routes.blueprint import FORMATS, MANAGE, MIME_TYPES, WAVE, bp, page_number
from cohorts.surveys.service import roster, waves
from consortium import clock
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.spreadsheets import csv_file, xlsx_file
from consortium.words import say

NAMES = f"{WAVE}/names"
OF_ONE = f"{NAMES}/<uuid:partnership_id>"
UPLOAD = "upload-"
"""Tells the two forms of the page apart."""


@bp.get(NAMES)
@requires(Permission.EDIT_INSTITUTES)
def names(wave_id: UUID) -> ResponseReturnValue:
    """List the partnerships that a wave asks, and how many of their people."""
    return _names_page(wave_id, ActForm(formdata=None))


@bp.post(f"{NAMES}/from-seats")
@requires(Permission.EDIT_INSTITUTES)
def names_from_seats(wave_id: UUID) -> ResponseReturnValue:
    """Put everyone on the list who has a seat in the teams."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            n = roster.take_from_seats(wave_id, by=g.identity.email)
            flash(say("People who are new on the list: %(n)s.", n=n))
            return form.answer(redirect(url_for(".names", wave_id=wave_id)))
    return _names_page(wave_id, form)


@bp.get(OF_ONE)
@requires(Permission.EDIT_INSTITUTES)
def partnership_names(wave_id: UUID, partnership_id: UUID) -> ResponseReturnValue:
    """Show one partnership's list."""
    return _list_page(wave_id, partnership_id)


@bp.post(OF_ONE)
@requires(Permission.EDIT_INSTITUTES)
def add_name(wave_id: UUID, partnership_id: UUID) -> ResponseReturnValue:
    """Put one person on the list."""
    form = PersonForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            n = roster.put_on_list(wave_id, partnership_id, [form.listed], by=g.identity.email)
            flash(say("On the list.") if n else say("This address is on the list already."))
            return form.answer(_to_list(wave_id, partnership_id))
    return _list_page(wave_id, partnership_id, person=form)


@bp.post(f"{OF_ONE}/file")
@requires(Permission.EDIT_INSTITUTES)
def bring_names(wave_id: UUID, partnership_id: UUID) -> ResponseReturnValue:
    """Take a list of staff, or say of every row what to mend in it."""
    form = StaffListForm(prefix=UPLOAD)
    if form.validate_on_submit():
        with form.showing(Refusal):
            try:
                people = read_staff(form.content, encoding=form.encoding.data or "")
                with transaction():
                    form.once(by=g.identity.email)
                    n = roster.put_on_list(wave_id, partnership_id, people, by=g.identity.email)
                    flash(say("People who are new on the list: %(n)s.", n=n))
                    return form.answer(_to_list(wave_id, partnership_id))
            except ListRefused as refused:
                form.form_errors.extend(
                    say("Row %(n)s: %(what)s", n=one.number, what=one.sentence)
                    for one in refused.faults
                )
                raise
    return _list_page(wave_id, partnership_id, upload=form)


@bp.post(f"{NAMES}/strike/<uuid:name_id>")
@requires(Permission.EDIT_INSTITUTES)
def strike(wave_id: UUID, name_id: UUID) -> ResponseReturnValue:
    """Take someone off the list who left."""
    return _one(wave_id, name_id, back=False)


@bp.post(f"{NAMES}/put-back/<uuid:name_id>")
@requires(Permission.EDIT_INSTITUTES)
def put_back(wave_id: UUID, name_id: UUID) -> ResponseReturnValue:
    """Let someone answer who was struck by mistake."""
    return _one(wave_id, name_id, back=True)


@bp.get(f"{MANAGE}/staff-list.{FORMATS}")
@requires(Permission.EDIT_INSTITUTES)
def staff_list_example(file_format: str) -> ResponseReturnValue:
    """Hand out an example of a list of staff."""
    table = example_list()
    written = (
        csv_file(table)
        if file_format == "csv"
        else xlsx_file([table], title=table.name, at=clock.now())
    )
    name = f"staff-list.{file_format}"
    return send_file(written.file, MIME_TYPES[file_format], as_attachment=True, download_name=name)


def _one(wave_id: UUID, name_id: UUID, *, back: bool) -> ResponseReturnValue:
    form = ActForm()
    row = waves.get_wave(wave_id)
    partnership_id = roster.find_name(row, name_id).partnership_id
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            if back:
                roster.put_back(wave_id, name_id, by=g.identity.email)
            else:
                roster.strike(wave_id, name_id, by=g.identity.email)
            flash(say("The list is changed."))
            return form.answer(_to_list(wave_id, partnership_id))
    return _list_page(wave_id, partnership_id, act=form)


def _to_list(wave_id: UUID, partnership_id: UUID) -> Any:
    return redirect(url_for(".partnership_names", wave_id=wave_id, partnership_id=partnership_id))


def _names_page(wave_id: UUID, form: ActForm) -> ResponseReturnValue:
    row = waves.get_wave(wave_id)
    page = render_template(
        "cohorts/surveys/names.html",
        wave=row,
        form=form,
        partnerships=waves.partnerships_in(row),
        counts=roster.counts_of(row),
        running=row.window.state(clock.now()) in {State.PLANNED, State.OPEN},
    )
    return page, form.status


def _list_page(
    wave_id: UUID,
    partnership_id: UUID,
    *,
    person: PersonForm | None = None,
    upload: StaffListForm | None = None,
    act: ActForm | None = None,
) -> ResponseReturnValue:
    row = waves.get_wave(wave_id)
    waves.get_part(row, partnership_id)
    shown = person or upload or act or ActForm(formdata=None)
    page = render_template(
        "cohorts/surveys/partnership_names.html",
        wave=row,
        partnership=next(one for one in waves.partnerships_in(row) if one.id == partnership_id),
        people=roster.page_of_names(row, partnership_id, page_number()),
        person=person or PersonForm(formdata=None),
        upload=upload or StaffListForm(formdata=None, prefix=UPLOAD),
        form=shown,
        group_words=GROUP_WORDS,
        side_in_words=side_in_words,
        running=row.window.state(clock.now()) in {State.PLANNED, State.OPEN},
        opened=row.opened_at is not None,
    )
    return page, shown.status
