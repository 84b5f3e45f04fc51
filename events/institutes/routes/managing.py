"""Make an institute, look over what it says, and publish it."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from events.institutes import service as institutes
from events.institutes.domain.readiness import NotReady
from events.institutes.domain.sections import TITLES, InstituteRefused
from events.institutes.forms import NewInstituteForm
from events.institutes.models import Institute
from events.institutes.routes.blueprint import bp
from events.institutes.service import editing
from events.institutes.service.sections import section_of


@bp.get("/manage")
@requires(Permission.EDIT_INSTITUTES)
def manage() -> ResponseReturnValue:
    """List every institute for those who look after them."""
    return render_template(
        "events/institutes/manage.html", every_institute=institutes.every_institute()
    )


@bp.route("/manage/institutes/new", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def create() -> ResponseReturnValue:
    """Begin an institute as a draft with what is usual."""
    form = NewInstituteForm(g.tenant)
    if form.validate_on_submit():
        with form.showing(InstituteRefused), transaction():
            form.once(by=g.identity.email)
            institute = editing.create_institute(
                form.to_draft(), tenant=g.tenant, by=g.identity.email
            )
            flash(gettext("The draft is saved. Look over each part, then publish it."))
            return form.answer(redirect(url_for(".edit", slug=institute.slug)))
    return render_template("events/institutes/create.html", form=form), form.status


@bp.get("/manage/institutes/<slug>")
@requires(Permission.EDIT_INSTITUTES)
def edit(slug: str) -> ResponseReturnValue:
    """Show each part of an institute with a way to change it, and what is still missing."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return _overview(institute)


@bp.post("/manage/institutes/<slug>/publish")
@requires(Permission.EDIT_INSTITUTES)
def publish(slug: str) -> ResponseReturnValue:
    """Publish an institute, or say what it still lacks."""
    institute = institutes.get_by_slug(slug, drafts=True)
    try:
        with transaction():
            editing.publish(institute, by=g.identity.email)
            flash(gettext("The institute is published. Everyone can see it now."))
            return redirect(url_for(".show", slug=slug))
    except NotReady as refusal:
        return _overview(institutes.get_by_slug(slug, drafts=True)), refusal.status


def _overview(institute: Institute) -> str:
    parts = [
        (kind.name, title, section_of(institute, kind).facts) for kind, title in TITLES.items()
    ]
    return render_template(
        "events/institutes/edit.html",
        institute=institute,
        parts=parts,
        shortcomings=editing.shortcomings_of(institute),
    )
