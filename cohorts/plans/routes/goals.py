"""A goal: how far it is, what was measured, what proves it, what people say."""

from uuid import UUID

from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue

from cohorts.plans import service as plans
from cohorts.plans.domain import PlanRefused
from cohorts.plans.forms import (
    CommentForm,
    EvidenceForm,
    MilestoneForm,
    PhaseForm,
    ReadingForm,
)
from cohorts.plans.routes.blueprint import GOAL, address, bp, pressed, reader, storage
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.files import service as files
from consortium.files.exports import file_answer
from consortium.forms import ActForm
from consortium.words import say

READING, EVIDENCE = "reading", "evidence"


@bp.get(GOAL)
@requires(Permission.SIGNED_IN)
def goal(plan_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Show one goal with its chart and the table of it."""
    return goal_page(plan_id, goal_id)


@bp.post(f"{GOAL}/phase")
@requires(Permission.SIGNED_IN)
def phase(plan_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Say where the work on the goal is."""
    form = PhaseForm()

    def act() -> str:
        plans.set_phase(plan_id, goal_id, form.chosen, reader())
        return say("Saved.")

    return pressed(form, act, address(plan_id, goal_id))


@bp.post(f"{GOAL}/milestones/<uuid:milestone_id>")
@requires(Permission.SIGNED_IN)
def milestone(plan_id: UUID, goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    """Say that a milestone is done, or is not."""
    form = MilestoneForm()

    def act() -> str:
        plans.tick_milestone(plan_id, goal_id, milestone_id, reader(), done=form.is_done)
        return say("Saved.")

    return pressed(form, act, address(plan_id, goal_id, "milestones"))


@bp.post(f"{GOAL}/readings")
@requires(Permission.SIGNED_IN)
def measure(plan_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Write down what was measured."""
    form = ReadingForm(prefix=READING)
    if form.validate_on_submit():
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            plans.record_reading(
                plan_id, goal_id, form.to_reading(), form.note.data or "", reader()
            )
            flash(say("The value is written down."))
            return form.answer(redirect(address(plan_id, goal_id, "measured")))
    return goal_page(plan_id, goal_id, reading=form)


@bp.post(f"{GOAL}/readings/<uuid:reading_id>/take-back")
@requires(Permission.SIGNED_IN)
def take_reading_back(plan_id: UUID, goal_id: UUID, reading_id: UUID) -> ResponseReturnValue:
    """Let a value count no more."""

    def act() -> str:
        plans.take_reading_back(plan_id, goal_id, reading_id, reader())
        return say("The value counts no more.")

    return pressed(ActForm(), act, address(plan_id, goal_id, "measured"))


@bp.post(f"{GOAL}/evidence")
@requires(Permission.SIGNED_IN)
def add_evidence(plan_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Add a file or a link."""
    form = EvidenceForm(prefix=EVIDENCE)
    if form.validate_on_submit():
        shown = form.put(storage()) or (form.link.data or "")
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            plans.add_evidence(plan_id, goal_id, form.title.data or "", shown, reader())
            flash(say("It is added."))
            return form.answer(redirect(address(plan_id, goal_id, "evidence")))
    return goal_page(plan_id, goal_id, evidence=form)


@bp.get(f"{GOAL}/evidence/<uuid:evidence_id>")
@requires(Permission.SIGNED_IN)
def evidence_file(plan_id: UUID, goal_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Give a file to who may read the plan."""
    file = plans.get_evidence_file(plan_id, goal_id, evidence_id, reader())
    return file_answer(file, files.content_of(storage(), file))


@bp.post(f"{GOAL}/evidence/<uuid:evidence_id>/remove")
@requires(Permission.SIGNED_IN)
def remove_evidence(plan_id: UUID, goal_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Take evidence away."""

    def act() -> str:
        plans.remove_evidence(plan_id, goal_id, evidence_id, reader())
        return say("It is taken away.")

    return pressed(ActForm(), act, address(plan_id, goal_id, "evidence"))


@bp.post(f"{GOAL}/comments")
@requires(Permission.SIGNED_IN)
def comment_on_goal(plan_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Say something about the goal."""
    form = CommentForm(prefix="comment")
    if form.validate_on_submit():
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            plans.comment(plan_id, goal_id, form.body.data or "", reader())
            flash(say("Your comment is there."))
            return form.answer(redirect(address(plan_id, goal_id, "comments")))
    return goal_page(plan_id, goal_id, comment=form)


def goal_page(
    plan_id: UUID,
    goal_id: UUID,
    *,
    reading: ReadingForm | None = None,
    evidence: EvidenceForm | None = None,
    comment: CommentForm | None = None,
) -> ResponseReturnValue:
    """Show a goal, with the form that was not right yet, if there is one."""
    page = plans.page_of(plan_id, reader())
    found = page.goal(goal_id)
    reading = reading or ReadingForm(formdata=None, prefix=READING, data={"on": page.seen.today})
    evidence = evidence or EvidenceForm(formdata=None, prefix=EVIDENCE)
    comment = comment or CommentForm(formdata=None, prefix="comment")
    wrong = next((one for one in (reading, evidence) if one.errors), comment)
    shown = render_template(
        "cohorts/plans/goal.html",
        page=page,
        plan=page.plan,
        one=found,
        phase=PhaseForm(formdata=None, data={"phase": found.goal.phase.value}),
        reading=reading,
        evidence=evidence,
        comment=comment,
        wrong=wrong,
        hears=plans.reads_comments(page.plan, page.seen),
    )
    return shown, wrong.status
