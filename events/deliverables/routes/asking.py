"""The host's pages: what teams are asked for."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from events.deliverables import service as deliverables
from events.deliverables.domain import DeliverableRefused
from events.deliverables.forms import AskForm, begun, filled
from events.deliverables.routes.blueprint import bp
from events.institutes import service as institutes
from events.schedule.domain import SessionRefused

ADDRESS = "/manage/institutes/<slug>"
REFUSALS = (DeliverableRefused, SessionRefused)


@bp.get(f"{ADDRESS}/deliverables")
@requires(Permission.VIEW_BOARD)
def manage(slug: str) -> ResponseReturnValue:
    """List what teams are asked for, and how far they are."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return render_template(
        "events/deliverables/manage.html",
        institute=institute,
        tallies=deliverables.tallies_of(institute),
    )


@bp.route(f"{ADDRESS}/add-deliverable", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def add(slug: str) -> ResponseReturnValue:
    """Ask every team for a paper."""
    institute = institutes.get_by_slug(slug, drafts=True)
    templates = deliverables.templates_at(institute.id)
    form = AskForm(institute, templates, data=begun(joint=bool(institute.joint_acts)))
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            made = deliverables.ask_teams(institute, form.to_spec(), by=g.identity.email)
            flash(gettext("Teams are asked for “%(title)s”.", title=made.title))
            return form.answer(redirect(url_for(".manage", slug=slug)))
    page = render_template(
        "events/deliverables/ask.html", institute=institute, form=form, deliverable=None
    )
    return page, form.status


@bp.route(f"{ADDRESS}/deliverables/<uuid:deliverable_id>/change", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def change(slug: str, deliverable_id: UUID) -> ResponseReturnValue:
    """Change what teams are asked for."""
    institute = institutes.get_by_slug(slug, drafts=True)
    deliverable = deliverables.get_deliverable(institute.id, deliverable_id)
    form = AskForm(
        institute,
        deliverables.templates_at(institute.id),
        data=filled(deliverable.spec, version=deliverable.version),
    )
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            deliverables.change_asked(
                institute,
                deliverable_id,
                form.to_spec(),
                version=form.read_version,
                by=g.identity.email,
            )
            flash(gettext("“%(title)s” is saved.", title=form.title.data))
            return form.answer(redirect(url_for(".roll", slug=slug, deliverable_id=deliverable_id)))
        deliverable = deliverables.get_deliverable(institute.id, deliverable_id)
    page = render_template(
        "events/deliverables/ask.html", institute=institute, form=form, deliverable=deliverable
    )
    return page, form.status


@bp.route(f"{ADDRESS}/deliverables/<uuid:deliverable_id>/stop", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def stop(slug: str, deliverable_id: UUID) -> ResponseReturnValue:
    """Ask for it no more, after asking once more."""
    institute = institutes.get_by_slug(slug, drafts=True)
    deliverable = deliverables.get_deliverable(institute.id, deliverable_id)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            title = deliverable.title
            deliverables.stop_asking(institute, deliverable_id, by=g.identity.email)
            flash(gettext("Teams are not asked for “%(title)s” any more.", title=title))
            return form.answer(redirect(url_for(".manage", slug=slug)))
        deliverable = deliverables.get_deliverable(institute.id, deliverable_id)
    page = render_template(
        "events/deliverables/stop.html", institute=institute, form=form, deliverable=deliverable
    )
    return page, form.status
