"""Signing a plan, and what people say about it."""

from uuid import UUID

from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue

from cohorts.plans import service as plans
from cohorts.plans.domain import PlanRefused, wording
from cohorts.plans.forms import CommentForm, NoteForm, SignForm, VersionForm
from cohorts.plans.routes.blueprint import PLAN, address, bp, pressed, reader
from cohorts.plans.routes.showing import plan_page
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import say


@bp.route(f"{PLAN}/sign", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def signing(plan_id: UUID) -> ResponseReturnValue:
    """Show who signs for a side the whole text, and take the signature."""
    form = SignForm()
    if form.validate_on_submit():
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            version = plans.sign(
                plan_id,
                form.read_number,
                form.digest.data or "",
                form.name.data or "",
                reader(),
            )
            both = version.agreed_at is not None
            flash(
                say("Both sides have signed. The plan is in force.")
                if both
                else say("You have signed. The other side gets a mail and signs the same text.")
            )
            return form.answer(redirect(address(plan_id)))
    page = plans.page_of(plan_id, reader())
    form.number.data, form.digest.data = str(page.plan.number), page.digest
    shown = render_template(
        "cohorts/plans/sign.html",
        page=page,
        plan=page.plan,
        form=form,
        wording=wording(page.plan.number, page.side) if page.side else "",
        changes=plans.changed_since(page),
    )
    return shown, form.status


@bp.post(f"{PLAN}/withdraw")
@requires(Permission.SIGNED_IN)
def withdraw(plan_id: UUID) -> ResponseReturnValue:
    """Take one's signature back, while the other side has not signed."""
    form = VersionForm()

    def act() -> str:
        plans.withdraw(plan_id, form.read_number, reader())
        return say("Your signature is taken back.")

    return pressed(form, act, address(plan_id))


@bp.post(f"{PLAN}/comments")
@requires(Permission.SIGNED_IN)
def comment(plan_id: UUID) -> ResponseReturnValue:
    """Say something about the plan."""
    form = CommentForm(prefix="comment")
    if form.validate_on_submit():
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            plans.comment(plan_id, None, form.body.data or "", reader())
            flash(say("Your comment is there."))
            return form.answer(redirect(address(plan_id, anchor="comments")))
    return plan_page(plan_id, comment=form)


@bp.post(f"{PLAN}/comments/<uuid:comment_id>/take-back")
@requires(Permission.SIGNED_IN)
def take_comment_back(plan_id: UUID, comment_id: UUID) -> ResponseReturnValue:
    """Delete one's own comment."""

    def act() -> str:
        plans.take_comment_back(plan_id, comment_id, reader())
        return say("Your comment is deleted.")

    return pressed(ActForm(), act, address(plan_id, anchor="comments"))


@bp.post(f"{PLAN}/notes")
@requires(Permission.SIGNED_IN)
def write_note(plan_id: UUID) -> ResponseReturnValue:
    """Let the coach write a note that only the team reads besides."""
    form = NoteForm(prefix="note")
    if form.validate_on_submit():
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            plans.write_note(plan_id, form.body.data or "", reader())
            flash(say("Your note is there. Only the team and its coaches read it."))
            return form.answer(redirect(address(plan_id, anchor="notes")))
    return plan_page(plan_id, note=form)


@bp.post(f"{PLAN}/notes/<uuid:note_id>/take-back")
@requires(Permission.SIGNED_IN)
def take_note_back(plan_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Delete one's own note."""

    def act() -> str:
        plans.take_note_back(plan_id, note_id, reader())
        return say("Your note is deleted.")

    return pressed(ActForm(), act, address(plan_id, anchor="notes"))
