"""Pages and files for many teams and people at once."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from consortium import clock
from consortium.access import Permission, requires
from consortium.actions import service as actions
from consortium.database import end_reading, transaction
from consortium.errors import Refusal
from consortium.spreadsheets import Table, csv_file, xlsx_file
from consortium.words import say
from events.bulk import exports, imports
from events.bulk.domain.lines import Effect, Plan, seen_by_row
from events.bulk.forms import BringForm, LeftOutForm, UploadForm
from events.bulk.service import importing, recording
from events.bulk.service.answers import asked_at
from events.bulk.service.ground import ground_for, stored_teams
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.registration.service import Editor

bp = Blueprint("bulk", __name__)
ADDRESS = "/manage/institutes/<slug>"
FORMATS = "<any(csv, xlsx):file_format>"
MIME_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_SHOWN = 500
"""Rows of one kind that the page lists; there is a file of all that were left out."""


@bp.route(f"{ADDRESS}/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def upload(slug: str) -> ResponseReturnValue:
    """Take a list, show what it would do, then do that."""
    if "content" in request.form:
        return _bring(slug)
    institute = institutes.get_by_slug(slug, drafts=True)
    form = UploadForm()
    if form.validate_on_submit():
        with form.showing(Refusal):
            rules = asked_at(institute).rules
            sheet = imports.read(form.content, rules, encoding=form.encoding.data or "")
            return _preview(institute, sheet, register=form.registers)
    return _upload_page(institute, form)


@bp.get(f"{ADDRESS}/import-template.{FORMATS}")
@requires(Permission.MANAGE_TEAMS)
def template(slug: str, file_format: str) -> ResponseReturnValue:
    """Hand out an empty list with an example; a workbook explains each column too."""
    institute = institutes.get_by_slug(slug, drafts=True)
    rules, questions = institute.terms.roles, asked_at(institute).rules
    tables = [exports.template(rules, questions)]
    if file_format == "xlsx":
        tables.append(exports.instructions(rules, questions, g.tenant.goals))
    return _file(institute, tables, file_format, f"{slug}-template.{file_format}")[0]


@bp.get(f"{ADDRESS}/teams-and-people.{FORMATS}")
@requires(Permission.MANAGE_TEAMS)
def export(slug: str, file_format: str) -> ResponseReturnValue:
    """Hand out everything about teams and people, in the form that can be read again."""
    institute = institutes.get_by_slug(slug, drafts=True)
    asked = asked_at(institute)
    ground = ground_for(institute, (), asked)
    table = exports.everything(stored_teams(institute, asked), ground)
    today = clock.now().astimezone(institute.zone).date()
    name = f"{slug}-teams-and-people-{today}.{file_format}"
    institute_id = institute.id
    answer, rows = _file(institute, [table], file_format, name)
    end_reading()
    with transaction():
        recording.record_export(institute_id, file=name, rows=rows, by=g.identity.email)
    return answer


@bp.post(f"{ADDRESS}/import/left-out.{FORMATS}")
@requires(Permission.MANAGE_TEAMS)
def left_out(slug: str, file_format: str) -> ResponseReturnValue:
    """Hand out the rows that were left out, each with its reason, to be mended and read again."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = LeftOutForm()
    if not form.validate():
        return redirect(url_for(".upload", slug=slug))
    rows = imports.cells_in(form.content.data)
    if not (rows and rows[0]):
        return redirect(url_for(".upload", slug=slug))
    table = exports.rows_left_out(rows[0], rows[1:])
    return _file(institute, [table], file_format, f"{slug}-left-out.{file_format}")[0]


def _preview(institute: Institute, sheet: imports.Sheet, *, register: bool) -> ResponseReturnValue:
    given = importing.listed(institute, sheet.rows, register=register, unknown=sheet.layout.unknown)
    plan = importing.preview(given)
    page = render_template(
        "events/bulk/preview.html",
        institute=institute,
        plan=plan,
        register=register,
        form=BringForm.holding(sheet.packed, seen=plan.seen, register=register),
        **_told(plan, sheet),
    )
    return page, HTTPStatus.OK


def _bring(slug: str) -> ResponseReturnValue:
    form = BringForm()
    if not form.validate():
        again = UploadForm(formdata=None)
        again.form_errors.extend(message for found in form.errors.values() for message in found)
        return _upload_page(institutes.get_by_slug(slug, drafts=True), again)
    if actions.answer_of(f"{g.identity.email}:{form.action_key.data}") is not None:
        flash(say("This list came in already. Check it again to see what is left to do."))
        return redirect(url_for(".upload", slug=slug))
    sheet, given = _listed_anew(slug, form)
    end_reading()
    seen = seen_by_row([row.number for row in sheet.rows], form.seen.data or "")
    result = _carry_out(given, seen)
    with form.showing(Refusal), transaction():
        form.once(by=g.identity.email)
        recording.record_import(
            given.institute_id, result, register=given.register, by=g.identity.email
        )
        form.answer(redirect(url_for(".upload", slug=slug)))
    institute = institutes.get_by_slug(slug, drafts=True)
    return render_template(
        "events/bulk/done.html", institute=institute, plan=result, **_told(result, sheet)
    )


def _listed_anew(slug: str, form: BringForm) -> tuple[imports.Sheet, importing.Listed]:
    institute = institutes.get_by_slug(slug, drafts=True)
    sheet = imports.unpacked(form.content.data, asked_at(institute).rules)
    given = importing.listed(
        institute, sheet.rows, register=form.registers, unknown=sheet.layout.unknown
    )
    return sheet, given


def _carry_out(given: importing.Listed, seen: dict[int, str]) -> Plan:
    """Bring in team by team, each in a transaction of its own, so that nobody waits for all."""
    editor = _editor()
    done = [_carry_out_team(given, key, seen, editor) for key in given.groups]
    return Plan(
        teams=tuple(brought.plan for brought in done),
        astray=tuple(given.astray),
        unknown=given.unknown,
    )


def _carry_out_team(
    given: importing.Listed, key: tuple[str, str], seen: dict[int, str], editor: Editor
) -> importing.Brought:
    try:
        with transaction():
            brought = importing.bring(given, key, seen, editor)
    except Refusal as refused:
        return importing.not_brought(given, key, refused)
    if not importing.wants_submitting(brought):
        return brought
    try:
        with transaction():
            return importing.submit(brought, editor)
    except Refusal as refused:
        return importing.as_a_draft(brought, refused)


def _told(plan: Plan, sheet: imports.Sheet) -> dict[str, object]:
    """Return what both pages show of the rows."""
    refused = plan.of(Effect.REFUSED)
    reasons = {line.number: line.fault for line in refused}
    return {
        "numbers": {effect: len(plan.of(effect)) for effect in Effect},
        "refused": refused[:MOST_SHOWN],
        "added": plan.of(Effect.ADDED)[:MOST_SHOWN],
        "changed": plan.of(Effect.CHANGED)[:MOST_SHOWN],
        "most": MOST_SHOWN,
        "left_out": sheet.left_out(reasons) if reasons else None,
    }


def _upload_page(institute: Institute, form: UploadForm) -> ResponseReturnValue:
    page = render_template("events/bulk/upload.html", institute=institute, form=form)
    return page, form.status


def _file(
    institute: Institute, tables: list[Table], file_format: str, name: str
) -> tuple[ResponseReturnValue, int]:
    if file_format == "xlsx":
        written = xlsx_file(tables, title=institute.title, at=clock.now())
    else:
        written = csv_file(tables[0])
    answer = send_file(
        written.file, mimetype=MIME_TYPES[file_format], as_attachment=True, download_name=name
    )
    return answer, written.rows


def _editor() -> Editor:
    person_id: UUID | None = g.person.id if g.person else None
    return Editor(email=g.identity.email, person_id=person_id, coordinates=True)
