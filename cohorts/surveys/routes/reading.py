"""Results: the same page for both sides of a partnership, and one more for the host."""

from typing import Any
from uuid import UUID

from flask import Response, g, render_template, send_file
from flask.typing import ResponseReturnValue

from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from cohorts.surveys.domain.cells import DIMENSION_WORDS, WHY_WORDS
from cohorts.surveys.exports.paper import paper_of, report_pdf
from cohorts.surveys.exports.tables import overall_table, results_tables
from cohorts.surveys.models import SurveyWave
from cohorts.surveys.routes.blueprint import FORMATS, MIME_TYPES, PDF, WAVE, bp
from cohorts.surveys.service import results, waves
from cohorts.surveys.service.results import Report
from consortium import clock
from consortium.access import Permission, requires
from consortium.database import end_reading
from consortium.errors import Refusal
from consortium.spreadsheets import csv_file, xlsx_file

OF_PARTNERSHIP = "/partnerships/<uuid:partnership_id>/surveys"
OF_WAVE = f"{OF_PARTNERSHIP}/<uuid:wave_id>"


@bp.get(OF_PARTNERSHIP)
@requires(Permission.SIGNED_IN)
def of_partnership(partnership_id: UUID) -> ResponseReturnValue:
    """List the surveys of a partnership for the people of both its sides."""
    partnership = _partnership(partnership_id)
    return render_template(
        "cohorts/surveys/of_partnership.html",
        partnership=partnership,
        closed=results.results_for(partnership.id),
        running=results.running_for(partnership.id),
    )


@bp.get(OF_WAVE)
@requires(Permission.SIGNED_IN)
def report(partnership_id: UUID, wave_id: UUID) -> ResponseReturnValue:
    """Show what a survey came to; both sides read the same."""
    partnership, wave = _partnership(partnership_id), waves.get_wave(wave_id)
    try:
        found = results.report_of(wave, partnership)
    except Refusal as refusal:
        return _not_yet(wave, partnership, refusal)
    return render_template(
        "cohorts/surveys/report.html",
        report=found,
        reads_voices=Permission.RESEARCH in g.permissions,
        **_words(),
    )


@bp.get(f"{OF_WAVE}.pdf")
@requires(Permission.SIGNED_IN)
def report_paper(partnership_id: UUID, wave_id: UUID) -> ResponseReturnValue:
    """Give the report as a paper."""
    paper = paper_of(_report(partnership_id, wave_id))
    end_reading()
    answer = Response(report_pdf(paper), mimetype=PDF)
    answer.headers.set("Content-Disposition", "attachment", filename=f"survey-{wave_id}.pdf")
    return answer


@bp.get(f"{OF_WAVE}.{FORMATS}")
@requires(Permission.SIGNED_IN)
def report_file(partnership_id: UUID, wave_id: UUID, file_format: str) -> ResponseReturnValue:
    """Give the figures as a file: groups as CSV, all tables as a workbook."""
    found = _report(partnership_id, wave_id)
    tables = results_tables(found)
    written = (
        csv_file(tables[0])
        if file_format == "csv"
        else xlsx_file(tables, title=found.wave.title, at=clock.now())
    )
    name = f"survey-{wave_id}.{file_format}"
    return send_file(written.file, MIME_TYPES[file_format], as_attachment=True, download_name=name)


@bp.get(f"{WAVE}/results")
@requires(Permission.EDIT_INSTITUTES)
def overall(wave_id: UUID) -> ResponseReturnValue:
    """Show the host what a wave came to in all its partnerships."""
    wave = waves.get_wave(wave_id)
    return render_template(
        "cohorts/surveys/overall.html", wave=wave, overall=results.overall_report(wave), **_words()
    )


@bp.get(f"{WAVE}/results.{FORMATS}")
@requires(Permission.EDIT_INSTITUTES)
def overall_file(wave_id: UUID, file_format: str) -> ResponseReturnValue:
    """Give the host's figures as a file."""
    wave = waves.get_wave(wave_id)
    table = overall_table(results.overall_report(wave))
    written = (
        csv_file(table)
        if file_format == "csv"
        else xlsx_file([table], title=wave.title, at=clock.now())
    )
    name = f"survey-{wave_id}-all.{file_format}"
    return send_file(written.file, MIME_TYPES[file_format], as_attachment=True, download_name=name)


def _partnership(partnership_id: UUID) -> Partnership:
    """Return it to its people, its coaches and the host. Raises ``NotFound`` for strangers."""
    person_id = g.person.id if g.person else None
    hosts = Permission.VIEW_BOARD in g.permissions
    return learning.standing_in(partnership_id, person_id, hosts=hosts).partnership


def _report(partnership_id: UUID, wave_id: UUID) -> Report:
    return results.report_of(waves.get_wave(wave_id), _partnership(partnership_id))


def _not_yet(wave: SurveyWave, partnership: Partnership, refusal: Refusal) -> ResponseReturnValue:
    waves.get_part(wave, partnership.id)
    page = render_template(
        "cohorts/surveys/not_yet.html", wave=wave, partnership=partnership, refusal=refusal
    )
    return page, refusal.status


def _words() -> dict[str, Any]:
    return {"dimension_words": DIMENSION_WORDS, "why_words": WHY_WORDS}
