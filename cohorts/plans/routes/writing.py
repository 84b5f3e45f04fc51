"""Writing a plan: its purpose, its next meeting, its goals."""

from collections.abc import Mapping
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.plans import service as plans
from cohorts.plans.domain import PlanRefused
from cohorts.plans.forms import GoalForm, HostForm, MeetingForm, PurposeForm
from cohorts.plans.models import Plan
from cohorts.plans.routes.blueprint import GOAL, PLAN, address, bp, pressed, reader, told
from cohorts.plans.service import PlanPage
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Conflict, NotFound
from consortium.forms import ActForm
from consortium.words import say


@bp.route(f"{PLAN}/purpose", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def purpose(plan_id: UUID) -> ResponseReturnValue:
    """Let people of a side write what the partnership works toward."""
    page, conflict = _written(plan_id), None
    form = PurposeForm(data={"purpose": page.plan.purpose, "version": str(page.plan.version)})
    if form.validate_on_submit():
        number = page.plan.number
        try:
            with form.showing(PlanRefused), transaction():
                form.once(by=g.identity.email)
                plan = plans.change_purpose(
                    plan_id, form.purpose.data or "", form.read_version, reader()
                )
                flash(told(number, plan, say("Saved.")))
                return form.answer(redirect(address(plan_id)))
        except Conflict as refused:
            conflict, page = refused, _written(plan_id)
            form.version.data = str(page.plan.version)
    shown = render_template(
        "cohorts/plans/purpose.html", page=page, plan=page.plan, form=form, conflict=conflict
    )
    return shown, conflict.status if conflict else form.status


@bp.route(f"{PLAN}/meeting", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def meeting(plan_id: UUID) -> ResponseReturnValue:
    """Let people of a side set their next meeting."""
    form = MeetingForm()
    if form.validate_on_submit():
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            plans.set_next_meeting(
                plan_id,
                form.next_meeting.data,
                form.place.data or "",
                form.remind_days.data or 0,
                reader(),
            )
            flash(say("Saved."))
            return form.answer(redirect(address(plan_id)))
    page = _written(plan_id)
    if not form.is_submitted():
        form.fill(page.plan)
    shown = render_template("cohorts/plans/meeting.html", page=page, plan=page.plan, form=form)
    return shown, form.status


@bp.route(f"{PLAN}/goals/new", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def new_goal(plan_id: UUID) -> ResponseReturnValue:
    """Let people of a side write one more goal."""
    page = _written(plan_id)
    form = GoalForm(page.seen.who, {})
    if form.validate_on_submit():
        number = page.plan.number
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            goal = plans.add_goal(
                plan_id, form.to_spec(), form.chosen_phase, form.to_steps(), reader()
            )
            flash(told(number, _plan(plan_id), say("The goal is in the plan.")))
            return form.answer(redirect(address(plan_id, goal.id)))
    shown = render_template(
        "cohorts/plans/edit_goal.html",
        page=page,
        plan=page.plan,
        goal=None,
        form=form,
        conflict=None,
    )
    return shown, form.status


@bp.route(f"{GOAL}/edit", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def edit_goal(plan_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Let people of a side change a goal; who comes too late sees both texts, and keeps theirs."""
    page, conflict = _written(plan_id), None
    form = _goal_form(page, goal_id)
    if form.validate_on_submit():
        number = page.plan.number
        try:
            with form.showing(PlanRefused), transaction():
                form.once(by=g.identity.email)
                plans.change_goal(
                    plan_id, goal_id, form.to_spec(), form.to_steps(), form.read_version, reader()
                )
                flash(told(number, _plan(plan_id), say("Saved.")))
                return form.answer(redirect(address(plan_id, goal_id)))
        except Conflict as refused:
            conflict, page = refused, _written(plan_id)
            form.version.data = str(page.goal(goal_id).goal.version)
    shown = render_template(
        "cohorts/plans/edit_goal.html",
        page=page,
        plan=page.plan,
        goal=page.goal(goal_id),
        form=form,
        conflict=conflict,
    )
    return shown, conflict.status if conflict else form.status


@bp.route(f"{GOAL}/remove", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def remove_goal(plan_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Ask once more, then take a goal out of the plan."""
    page = _written(plan_id)
    form = ActForm()
    if form.validate_on_submit():
        number = page.plan.number
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            plan = plans.remove_goal(plan_id, goal_id, reader())
            flash(told(number, plan, say("The goal is taken out.")))
            return form.answer(redirect(address(plan_id)))
    shown = render_template(
        "cohorts/plans/remove_goal.html",
        page=page,
        plan=page.plan,
        goal=page.goal(goal_id),
        form=form,
    )
    return shown, form.status


@bp.post(f"{PLAN}/host")
@requires(Permission.SIGNED_IN)
def let_host_read(plan_id: UUID) -> ResponseReturnValue:
    """Let the leads say whether the host reads the comments."""
    form = HostForm()

    def act() -> str:
        plans.let_host_read(plan_id, reader(), lets=form.yes)
        return say("The host reads the comments.") if form.yes else say("The host reads them not.")

    return pressed(form, act, address(plan_id, anchor="comments"))


@bp.route(f"{PLAN}/close", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def close(plan_id: UUID) -> ResponseReturnValue:
    """Ask once more, then close the plan, so that the next one can begin."""
    page = _written(plan_id)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            plan = plans.close_plan(plan_id, reader())
            flash(say("The plan is closed. You can read it at any time."))
            target = url_for(".of_partnership", partnership_id=plan.partnership_id)
            return form.answer(redirect(target))
    shown = render_template("cohorts/plans/close.html", page=page, plan=page.plan, form=form)
    return shown, form.status


def _written(plan_id: UUID) -> PlanPage:
    """Return the plan for who writes it. Raises ``NotFound`` for who only reads it."""
    page = plans.page_of(plan_id, reader())
    if not page.writes:
        raise NotFound(say("People of the two sides write the plan, while it is open."))
    return page


def _plan(plan_id: UUID) -> Plan:
    return plans.see_plan(plan_id, reader())[0]


def _goal_form(page: PlanPage, goal_id: UUID) -> GoalForm:
    found = page.goal(goal_id)
    names: Mapping[UUID, str] = {
        owner_id: one.name
        for one in found.owners
        if (owner_id := found.goal.spec.owner(one.side)) is not None
    }
    return GoalForm(page.seen.who, names, found.goal)
