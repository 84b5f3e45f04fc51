"""Published reports: what funders, partners and staff read."""

from uuid import UUID

from flask import Response, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.reports.exports.files import MIME_TYPES
from cohorts.reports.forms.asking import TakeBackForm
from cohorts.reports.routes.blueprint import REFUSALS, actor, bp, makes_reports
from cohorts.reports.service import associations as own
from cohorts.reports.service import publishing
from consortium.access import Permission, requires
from consortium.database import end_reading, transaction

REPORT = "/reports/<uuid:report_id>"


@bp.get("/reports")
@requires(Permission.VIEW_COUNTS)
def home() -> ResponseReturnValue:
    """List what was published, and lead those who make reports to where they do."""
    rows = publishing.published(taken_back=makes_reports())
    helps = own.associations_of(g.person.id) if g.person else ()
    return render_template("cohorts/reports/home.html", rows=rows, helps=helps)


@bp.get(REPORT)
@requires(Permission.VIEW_COUNTS)
def show(report_id: UUID) -> ResponseReturnValue:
    """Show a published report: nobody can be found in it."""
    row = publishing.get_published(report_id, taken_back=makes_reports())
    report = publishing.report_in(row)
    return render_template("cohorts/reports/show.html", row=row, report=report)


@bp.get(f"{REPORT}.pdf")
@requires(Permission.VIEW_COUNTS)
def pdf(report_id: UUID) -> ResponseReturnValue:
    """Give a published report as it is printed: the same bytes on any day."""
    return _handed_out(report_id, "pdf")


@bp.get(f"{REPORT}.<any(csv, xlsx):file_format>")
@requires(Permission.VIEW_COUNTS)
def file(report_id: UUID, file_format: str) -> ResponseReturnValue:
    """Give a published report as a file for spreadsheets: the same bytes on any day."""
    return _handed_out(report_id, file_format)


def _handed_out(report_id: UUID, file_format: str) -> Response:
    row = publishing.get_published(report_id, taken_back=makes_reports())
    content = publishing.file_of(row, file_format)
    name = f"{g.tenant.slug}-{row.number}.{file_format}"
    end_reading()
    with transaction():
        publishing.note_taken(report_id, name, by=actor())
    return Response(
        content,
        content_type=MIME_TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.route(f"{REPORT}/take-back", methods=["GET", "POST"])
@requires(Permission.EDIT_CONSORTIUM)
def take_back(report_id: UUID) -> ResponseReturnValue:
    """Take a published report back, with a reason."""
    row = publishing.get_published(report_id)
    form = TakeBackForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=actor())
            publishing.take_back(report_id, form.why.data or "", by=actor())
            answer = redirect(url_for(".show", report_id=report_id))
            return form.answer(answer)
    return render_template("cohorts/reports/take_back.html", form=form, row=row), form.status
