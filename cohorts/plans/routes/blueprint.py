"""What every page of plans starts from."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from cohorts.plans.domain import (
    PHASES,
    PROGRESS,
    SIDE_NAMES,
    STANDINGS,
    PlanRefused,
    with_unit,
    written,
)
from cohorts.plans.domain.duties import GROUPS
from cohorts.plans.domain.readiness import READY
from cohorts.plans.models import Plan
from cohorts.plans.service import Reader
from consortium.access import Permission
from consortium.database import transaction
from consortium.files.domain.sizes import size_in_words
from consortium.forms import ActForm
from consortium.links import host_of_link
from consortium.ports import FileStorage
from consortium.words import say

bp = Blueprint("plans", __name__)
PLAN = "/plans/<uuid:plan_id>"
GOAL = f"{PLAN}/goals/<uuid:goal_id>"
PARTNERSHIP = "/partnerships/<uuid:partnership_id>"


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "phases": PHASES,
        "progress_words": PROGRESS,
        "plan_standings": STANDINGS,
        "side_names": SIDE_NAMES,
        "groups": GROUPS,
        "ready_words": READY,
        "with_unit": with_unit,
        "written": written,
        "size_in_words": size_in_words,
        "host_of_link": host_of_link,
    }


def reader() -> Reader:
    """Return who opens a plan."""
    return Reader(
        email=g.identity.email,
        person_id=g.person.id if g.person else None,
        hosts=Permission.VIEW_BOARD in g.permissions,
    )


def storage() -> FileStorage:
    """Return where files lie."""
    kept: FileStorage = current_app.extensions["ports"].storage
    return kept


def address(plan_id: UUID, goal_id: UUID | None = None, anchor: str = "") -> str:
    """Return the page of a plan, or of a goal of it."""
    if goal_id is None:
        return url_for("plans.show", plan_id=plan_id, _anchor=anchor or None)
    return url_for("plans.goal", plan_id=plan_id, goal_id=goal_id, _anchor=anchor or None)


def pressed(form: ActForm, act: Callable[[], str], target: str) -> ResponseReturnValue:
    """Do what a button asks, once, and lead back; what is refused is said there."""
    if form.validate_on_submit():
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            flash(act())
            return form.answer(redirect(target))
    for message in form.form_errors:
        flash(message, "danger")
    for field in form:
        for message in field.errors:
            flash(message, "danger")
    return redirect(target)


def told(number: int, plan: Plan, done: str) -> str:
    """Return what a page says of a change; that it opened the next version, where it did."""
    if plan.number == number:
        return done
    return say(
        "%(done)s Version %(old)s stays as it was signed. You now write version %(new)s, which "
        "both sides sign again.",
        done=done,
        old=number,
        new=plan.number,
    )
