"""Bodies of a partnership: begun, changed, ended."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.structures import service as structures
from cohorts.structures.domain.drafts import StructureRefused
from cohorts.structures.forms import BodyForm, EndForm
from cohorts.structures.forms.bodies import filled
from cohorts.structures.models import Body
from cohorts.structures.routes.blueprint import ADDRESS, bp, reader
from cohorts.structures.service import Opened
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Conflict
from consortium.words import say

BODY = f"{ADDRESS}/bodies/<uuid:body_id>"


@bp.get(BODY)
@requires(Permission.SIGNED_IN)
def body(partnership_id: UUID, body_id: UUID) -> ResponseReturnValue:
    """Show one body: who sits in it, how it met, its log."""
    opened = structures.open_partnership(partnership_id, reader())
    found = structures.get_body(opened, body_id)
    logs = structures.meetings_of([body_id])
    years = structures.years_of(opened, [found], logs, ())
    return render_template(
        "cohorts/structures/body.html",
        opened=opened,
        body=found,
        log=logs.get(body_id, ()),
        years=[(one.year, one.bodies[body_id]) for one in years if body_id in one.bodies],
    )


@bp.route(f"{ADDRESS}/begin-body", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def begin_body(partnership_id: UUID) -> ResponseReturnValue:
    """Write down a standing meeting or committee."""
    opened = structures.open_to_edit(partnership_id, reader())
    form = BodyForm(data={"begins_on": opened.today})
    form.offer(structures.people_of(opened))
    if form.validate_on_submit():
        with form.showing(StructureRefused), transaction():
            form.once(by=g.identity.email)
            begun = structures.begin_body(opened, form.to_draft())
            flash(say("“%(title)s” is written down.", title=begun.title))
            return form.answer(
                redirect(url_for(".body", partnership_id=partnership_id, body_id=begun.id))
            )
        opened = structures.open_to_edit(partnership_id, reader())
    return _page(opened, form, None)


@bp.route(f"{BODY}/change", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def change_body(partnership_id: UUID, body_id: UUID) -> ResponseReturnValue:
    """Change a body and who sits in it."""
    opened = structures.open_to_edit(partnership_id, reader())
    found = structures.get_body(opened, body_id)
    form = BodyForm(data=filled(structures.draft_of(found), version=found.version))
    form.offer(structures.people_of(opened))
    conflict = None
    if form.validate_on_submit():
        with form.showing(StructureRefused):
            try:
                with transaction():
                    form.once(by=g.identity.email)
                    structures.change_body(
                        opened, body_id, form.to_draft(), version=form.read_version
                    )
                    flash(say("Saved."))
                    return form.answer(redirect(_next(partnership_id, body_id)))
            except Conflict as meanwhile:
                conflict = meanwhile
        opened = structures.open_to_edit(partnership_id, reader())
        found = structures.get_body(opened, body_id)
        if conflict is not None:
            form.version.data = str(found.version)
    return _page(opened, form, found, conflict)


@bp.route(f"{BODY}/end", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def end_body(partnership_id: UUID, body_id: UUID) -> ResponseReturnValue:
    """Write down the last day of a body."""
    opened = structures.open_to_edit(partnership_id, reader())
    found = structures.get_body(opened, body_id)
    form = EndForm(data={"ends_on": found.ends_on or opened.today})
    if form.validate_on_submit():
        with form.showing(StructureRefused), transaction():
            form.once(by=g.identity.email)
            structures.end_body(opened, body_id, form.ends_on.data)
            flash(say("The last day is written down. Its log stays."))
            return form.answer(
                redirect(url_for(".body", partnership_id=partnership_id, body_id=body_id))
            )
        opened = structures.open_to_edit(partnership_id, reader())
        found = structures.get_body(opened, body_id)
    page = render_template("cohorts/structures/end_body.html", opened=opened, body=found, form=form)
    return page, form.status


@bp.post(f"{BODY}/resume")
@requires(Permission.SIGNED_IN)
def resume_body(partnership_id: UUID, body_id: UUID) -> ResponseReturnValue:
    """Let a body that had ended go on."""
    with transaction():
        opened = structures.open_to_edit(partnership_id, reader())
        structures.resume_body(opened, body_id)
        flash(say("It goes on."))
    return redirect(url_for(".body", partnership_id=partnership_id, body_id=body_id))


def _next(partnership_id: UUID, body_id: UUID) -> str:
    """Return where saving leads: to the form again, with more empty rows, where that was asked."""
    page = ".change_body" if "more" in request.form else ".body"
    return url_for(page, partnership_id=partnership_id, body_id=body_id)


def _page(
    opened: Opened, form: BodyForm, found: Body | None, conflict: Conflict | None = None
) -> ResponseReturnValue:
    page = render_template(
        "cohorts/structures/change_body.html",
        opened=opened,
        body=found,
        form=form,
        conflict=conflict,
    )
    return page, conflict.status if conflict else form.status
