"""A coordinator's pages: the table of applications, the mix, the choice, the letters' going out."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from consortium import clock, spreadsheets
from consortium.access import Permission, requires
from consortium.database import end_reading, transaction
from consortium.forms import ActForm
from consortium.paging import page_of
from consortium.words import say
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.intake import exports
from events.intake import service as intake
from events.intake.domain import part_words
from events.intake.forms import ByHandForm, TableForm
from events.intake.routes.applying import application_page
from events.intake.routes.blueprint import MANAGE, REFUSALS, bp, editor, page_number

MIME_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get(f"{MANAGE}/applications")
@requires(Permission.MANAGE_TEAMS)
def applications(slug: str) -> ResponseReturnValue:
    """List the applications with what matters for choosing."""
    institute = institutes.get_by_slug(slug, drafts=True)
    lines = intake.application_lines(institute)
    form = TableForm(line.traits.state for line in lines)
    wanted = form.to_filter()
    door = intake.applying_door(institute)
    aim = intake.aim_of(institute)
    page = render_template(
        "events/intake/applications.html",
        institute=institute,
        lines=lines,
        form=form,
        wanted=wanted,
        found=page_of(wanted.chosen(lines), page_number()),
        closed=door.closed,
        part=lambda code: part_words(aim.mix, code) if code else "",
        local=lambda moment: moment.astimezone(institute.zone),
        link=lambda order: _sorted_by(slug, wanted.asked, order),
    )
    return page, form.status


@bp.get(f"{MANAGE}/applications.<any(csv, xlsx):file_format>")
@requires(Permission.MANAGE_TEAMS)
def export(slug: str, file_format: str) -> ResponseReturnValue:
    """Hand out the applications that the table's filter finds, as a file."""
    institute = institutes.get_by_slug(slug, drafts=True)
    lines = intake.application_lines(institute)
    form = TableForm(line.traits.state for line in lines)
    wanted = form.to_filter()
    if form.errors:
        return redirect(f"{url_for('.applications', slug=slug)}?{urlencode(request.args)}")
    found = wanted.chosen(lines)
    mix = intake.aim_of(institute).mix
    table = exports.applications_table(found, mix, institute.zone)
    if file_format == "xlsx":
        written = spreadsheets.xlsx_file([table], title=institute.title, at=clock.now())
    else:
        written = spreadsheets.csv_file(table)
    today = clock.now().astimezone(institute.zone).date()
    name = f"{slug}-applications-{today}.{file_format}"
    institute_id = institute.id
    end_reading()
    with transaction():
        intake.record_export(institute_id, file=name, rows=written.rows, by=g.identity.email)
    return send_file(
        written.file, mimetype=MIME_TYPES[file_format], as_attachment=True, download_name=name
    )


@bp.get(f"{MANAGE}/selection")
@requires(Permission.MANAGE_TEAMS)
def selection(slug: str) -> ResponseReturnValue:
    """Show the choice beside the mix the host aims at."""
    return _selection_page(slug, ActForm(formdata=None))


@bp.post(f"{MANAGE}/selection/propose")
@requires(Permission.MANAGE_TEAMS)
def propose(slug: str) -> ResponseReturnValue:
    """Propose who comes by the mix."""
    form = ActForm()
    if form.validate_on_submit():
        institute = institutes.get_by_slug(slug, drafts=True)
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            found = intake.propose_selection(institute, by=g.identity.email)
            flash(say("Proposed: %(n)s. Nobody is told before you decide.", n=found.selected))
            return form.answer(redirect(url_for(".selection", slug=slug)))
    return _selection_page(slug, form)


@bp.route(f"{MANAGE}/selection/decide", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def decide(slug: str) -> ResponseReturnValue:
    """Ask once more, then make the choice true and send the letters."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            told = intake.decide(institute, by=g.identity.email)
            flash(_told(told))
            return form.answer(redirect(url_for(".selection", slug=slug)))
        institute = institutes.get_by_slug(slug, drafts=True)
    page = render_template(
        "events/intake/decide.html",
        institute=institute,
        found=intake.selection_of(institute),
        room=_room(institute),
        roster_due=intake.roster_due_in_words(institute),
        form=form,
    )
    return page, form.status


@bp.post(f"{MANAGE}/selection/offer-to-next")
@requires(Permission.MANAGE_TEAMS)
def offer_to_next(slug: str) -> ResponseReturnValue:
    """Select the first of the waitlist."""
    form = ActForm()
    if form.validate_on_submit():
        institute = institutes.get_by_slug(slug, drafts=True)
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            found = intake.offer_to_next(institute, by=g.identity.email)
            flash(say("%(lea)s is selected and gets its letter.", lea=found.name))
            return form.answer(redirect(url_for(".selection", slug=slug)))
    return _selection_page(slug, form)


@bp.post("/applications/<uuid:application_id>/by-hand")
@requires(Permission.MANAGE_TEAMS)
def by_hand(application_id: UUID) -> ResponseReturnValue:
    """Set by hand what is meant for an application."""
    form = ByHandForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            intake.choose_by_hand(application_id, form.chosen, form.reason.data, editor())
            flash(say("Saved. Nobody is told before you decide."))
            return form.answer(redirect(url_for(".application", application_id=application_id)))
    return application_page(application_id, ActForm(formdata=None), form)


@bp.post("/applications/<uuid:application_id>/to-the-mix")
@requires(Permission.MANAGE_TEAMS)
def to_the_mix(application_id: UUID) -> ResponseReturnValue:
    """Leave an application to the next proposal again."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            intake.choose_by_hand(application_id, None, "", editor())
            flash(say("The next proposal decides about it again."))
            return form.answer(redirect(url_for(".application", application_id=application_id)))
    return application_page(application_id, form)


def _selection_page(slug: str, form: ActForm) -> ResponseReturnValue:
    institute = institutes.get_by_slug(slug, drafts=True)
    page = render_template(
        "events/intake/selection.html",
        institute=institute,
        found=intake.selection_of(institute),
        next_waiting=intake.next_waiting(institute),
        given_back=intake.given_back(institute),
        room=_room(institute),
        form=form,
    )
    return page, form.status


def _room(institute: Institute) -> dict[str, int]:
    return {pool.code: pool.left for pool in institute.pools}


def _told(told: intake.Told) -> str:
    sentence = say(
        "Letters on their way: %(selected)s selected, %(waitlisted)s on the waitlist, "
        "%(not_selected)s not selected.",
        selected=told.selected,
        waitlisted=told.waitlisted,
        not_selected=told.not_selected,
    )
    if told.left:
        return say(
            "%(told)s Still to be told: %(left)s. Send them now.", told=sentence, left=told.left
        )
    return sentence


def _sorted_by(slug: str, asked: Mapping[str, str], order: str) -> str:
    values: dict[str, Any] = {**asked, "order": order}
    return url_for(".applications", slug=slug, **values)
