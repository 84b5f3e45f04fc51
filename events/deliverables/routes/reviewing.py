"""The host's pages: who handed in, who did not, and what is said about it."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.files.exports import bundle_answer
from consortium.forms import ActForm
from consortium.paging import page_of
from consortium.words import say
from events.deliverables import service as deliverables
from events.deliverables.domain import HandingInRefused
from events.deliverables.forms import ReviewForm
from events.deliverables.models import Deliverable
from events.deliverables.routes.blueprint import bp, reader, storage
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.registration.domain import RegistrationRefused
from events.registration.routes.blueprint import editor

ADDRESS = "/manage/institutes/<slug>/deliverables/<uuid:deliverable_id>"


@bp.get(ADDRESS)
@requires(Permission.VIEW_BOARD)
def roll(slug: str, deliverable_id: UUID) -> ResponseReturnValue:
    """Show who is missing with whom to write to, who is late, and who handed in."""
    return _roll_page(*_asked(slug, deliverable_id), ActForm())


@bp.get(f"{ADDRESS}/files.zip")
@requires(Permission.VIEW_BOARD)
def bundle(slug: str, deliverable_id: UUID) -> ResponseReturnValue:
    """Give everything that counts as one file, with a folder for each team."""
    institute, deliverable = _asked(slug, deliverable_id)
    found = deliverables.counted_files(deliverables.roll_of(institute, deliverable))
    if not found:
        raise NotFound(say("Nothing is handed in yet."))
    return bundle_answer(storage(), found, filename=f"{slug}-handed-in.zip", zone=institute.zone)


@bp.post(f"{ADDRESS}/remind")
@requires(Permission.MANAGE_TEAMS)
def remind(slug: str, deliverable_id: UUID) -> ResponseReturnValue:
    """Promise a mail to everyone whose team has not handed it in."""
    institute, deliverable = _asked(slug, deliverable_id)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(HandingInRefused), transaction():
            form.once(by=g.identity.email)
            sent, waiting = deliverables.remind_missing(institute, deliverable, by=g.identity.email)
            flash(say("Reminders on their way: %(people)s.", people=sent))
            if waiting:
                flash(say("Still to be sent: %(people)s. Send them now.", people=waiting))
            return form.answer(redirect(url_for(".roll", slug=slug, deliverable_id=deliverable_id)))
        institute, deliverable = _asked(slug, deliverable_id)
    return _roll_page(institute, deliverable, form)


@bp.route(f"{ADDRESS}/teams/<uuid:team_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def review(slug: str, deliverable_id: UUID, team_id: UUID) -> ResponseReturnValue:
    """Accept what a team handed in, or ask for a change with a note."""
    institute, deliverable = _asked(slug, deliverable_id)
    team = deliverables.get_team_of(team_id, reader())
    if team.institute_id != institute.id:
        raise NotFound(say("There is no such team at this institute."))
    form = ReviewForm()
    if form.validate_on_submit():
        act = deliverables.ask_for_change if form.asks_for_change else deliverables.accept
        with form.showing(HandingInRefused, RegistrationRefused), transaction():
            form.once(by=g.identity.email)
            act(team_id, deliverable_id, form.read_number, form.note.data or "", editor())
            flash(say("The team's leads are told."))
            return form.answer(redirect(url_for(".roll", slug=slug, deliverable_id=deliverable_id)))
        institute, deliverable = _asked(slug, deliverable_id)
        team = deliverables.get_team_of(team_id, reader())
    one = deliverables.team_page(team, deliverable, reader(), coordinates=True)
    if not form.is_submitted() and one.counted:
        form.number.data = str(one.counted.number)
    page = render_template(
        "events/deliverables/review.html", institute=institute, team=team, one=one, form=form
    )
    return page, form.status


def _asked(slug: str, deliverable_id: UUID) -> tuple[Institute, Deliverable]:
    institute = institutes.get_by_slug(slug, drafts=True)
    return institute, deliverables.get_deliverable(institute.id, deliverable_id)


def _roll_page(
    institute: Institute, deliverable: Deliverable, form: ActForm
) -> ResponseReturnValue:
    found = deliverables.roll_of(institute, deliverable)
    standing = request.args.get("standing", "")
    lines = [line for line in found.lines if not standing or line.standing.value == standing]
    page = render_template(
        "events/deliverables/roll.html",
        institute=institute,
        deliverable=deliverable,
        roll=found,
        tally=found.tally,
        found=page_of(lines, request.args.get("page", default=1, type=int)),
        standing=standing,
        to_remind=len(deliverables.to_remind(institute, found)),
        form=form,
    )
    return page, form.status
