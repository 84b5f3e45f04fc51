"""Reading plans: the plan, its versions, its PDF, a cohort's list."""

from uuid import UUID

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.plans import service as plans
from cohorts.plans.domain import PlanRefused
from cohorts.plans.exports import plan_pdf
from cohorts.plans.forms import BeginForm, CommentForm, NoteForm
from cohorts.plans.routes.blueprint import PARTNERSHIP, PLAN, bp, reader
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say


@bp.route(f"{PARTNERSHIP}/plans", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def of_partnership(partnership_id: UUID) -> ResponseReturnValue:
    """Show a partnership's plans over the years; people of a side begin this year's."""
    form = BeginForm()
    if form.validate_on_submit():
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            plan = plans.begin_plan(partnership_id, form.purpose.data or "", reader())
            flash(say("The plan is begun. Write its first goal."))
            return form.answer(redirect(url_for(".show", plan_id=plan.id)))
    page = render_template(
        "cohorts/plans/of_partnership.html",
        found=plans.plans_of_partnership(partnership_id, reader()),
        form=form,
    )
    return page, form.status


@bp.get(PLAN)
@requires(Permission.SIGNED_IN)
def show(plan_id: UUID) -> ResponseReturnValue:
    """Show a plan with its goals and how far they are."""
    return plan_page(plan_id)


@bp.get(f"{PLAN}/versions/<int:number>")
@requires(Permission.SIGNED_IN)
def version(plan_id: UUID, number: int) -> ResponseReturnValue:
    """Show a version as it was signed, and what it changed."""
    return render_template(
        "cohorts/plans/version.html", found=plans.version_of(plan_id, number, reader())
    )


@bp.get(f"{PLAN}.pdf")
@requires(Permission.SIGNED_IN)
def pdf(plan_id: UUID) -> ResponseReturnValue:
    """Give the plan as a paper."""
    page = plans.page_of(plan_id, reader())
    name = f"plan-{page.plan.years.replace('–', '-')}.pdf"  # names of files go as plain letters
    return Response(
        plan_pdf(page, g.tenant.time_zone),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.get("/institutes/<slug>/plans")
@requires(Permission.SIGNED_IN)
def of_cohort(slug: str) -> ResponseReturnValue:
    """List the plans of a cohort's partnerships, to its host and to those who coach them."""
    institute, lines = plans.plans_of_cohort(slug, reader())
    return render_template("cohorts/plans/of_cohort.html", institute=institute, lines=lines)


def plan_page(
    plan_id: UUID, comment: CommentForm | None = None, note: NoteForm | None = None
) -> ResponseReturnValue:
    """Show a plan, with a form that was not right yet, if there is one."""
    page = plans.page_of(plan_id, reader())
    comment = comment or CommentForm(formdata=None, prefix="comment")
    note = note or NoteForm(formdata=None, prefix="note")
    wrong = comment if comment.errors else note
    shown = render_template(
        "cohorts/plans/show.html",
        page=page,
        plan=page.plan,
        comment=comment,
        note=note,
        wrong=wrong,
        changes=plans.changed_since(page),
        hears=plans.reads_comments(page.plan, page.seen),
    )
    return shown, wrong.status
