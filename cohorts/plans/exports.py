"""The plan as a PDF; it says what its page says."""

from typing import Any

from flask import current_app

from cohorts.plans.domain import PHASES, PROGRESS, SIDE_NAMES, STANDINGS, with_unit
from cohorts.plans.models import PlanSignature
from cohorts.plans.service import GoalPage, PlanPage
from consortium.pages import long_date, medium_date, wall_moment
from consortium.ports import Printer
from consortium.words import say

DASH = "–"


def plan_pdf(page: PlanPage, zone: str) -> bytes:
    """Return the plan as a tagged PDF (PDF/UA), without comments and notes."""
    printer: Printer = current_app.extensions["ports"].printer
    return printer.print("plan", _data(page, zone))


def _data(page: PlanPage, zone: str) -> dict[str, Any]:
    plan, title = page.plan, page.seen.partnership.title
    return {
        "title": say("Plan %(years)s of %(who)s", years=plan.years, who=title),
        "author": title,
        "foot": say("%(who)s, version %(n)s", who=title, n=plan.number),
        "standing": say(
            "Version %(n)s: %(standing)s", n=plan.number, standing=STANDINGS[page.standing]
        ),
        "purpose": [line for line in plan.purpose.splitlines() if line.strip()],
        "facts": _facts(page, zone),
        "goals": [_goal(one) for one in page.goals],
        "signatures": [
            [
                say("For %(side)s", side=SIDE_NAMES[one.side]),
                ", ".join(filter(None, (one.name, one.office))),
                wall_moment(one.signed_at, zone),
            ]
            for one in _standing(page)
        ],
        "words": {
            "purpose": say("What we work toward"),
            "goals": say("Goals"),
            "no_goals": say("No goal is written yet."),
            "milestones": say("Milestones"),
            "measured": say("What was measured"),
            "measured_columns": [say("Day"), say("Value")],
            "milestone_columns": [say("Milestone"), say("Until"), say("Done on")],
            "signatures": say("Signatures"),
            "signature_columns": [say("Side"), say("Name and office"), say("When")],
            "unsigned": say("Nobody has signed this version yet."),
        },
    }


def _standing(page: PlanPage) -> list[PlanSignature]:
    version = page.version
    return [one for one in version.signatures if not one.withdrawn_at] if version else []


def _facts(page: PlanPage, zone: str) -> list[list[Any]]:
    plan = page.plan
    meeting = long_date(plan.next_meeting) if plan.next_meeting else say("No date yet")
    rows = [[say("Next meeting"), [meeting, *filter(None, [plan.next_meeting_place])]]]
    if plan.agreed is not None and plan.agreed.agreed_at is not None:
        when = wall_moment(plan.agreed.agreed_at, zone)
        force = say("Version %(n)s, %(when)s", n=plan.agreed.number, when=when)
        rows.append([say("In force"), [force]])
    return rows


def _goal(one: GoalPage) -> dict[str, Any]:
    goal, far = one.goal, one.far
    way = say(
        "%(start)s to %(target)s",
        start=with_unit(goal.baseline, goal.unit) or DASH,
        target=with_unit(goal.target, goal.unit) or DASH,
    )
    now = [PROGRESS[far.standing]]
    if far.latest is not None:
        value, day = with_unit(far.latest.value, goal.unit), medium_date(far.latest.on)
        now = [say("%(value)s on %(day)s", value=value, day=day), *now]
    return {
        "title": goal.title,
        "facts": [
            [say("Phase"), [PHASES[goal.phase]]],
            [say("About students"), [say("yes") if goal.students else say("no")]],
            [say("What we measure"), [goal.measure or DASH]],
            [say("From, to"), [way]],
            [say("Until"), [medium_date(goal.due) if goal.due else DASH]],
            *(
                [say("Owner, %(side)s", side=SIDE_NAMES[owner.side]), [owner.name or DASH]]
                for owner in one.owners
            ),
            [say("Now"), now],
        ],
        "milestones": [
            [
                step.title,
                medium_date(step.due) if step.due else DASH,
                medium_date(step.done_on) if step.done_on else DASH,
            ]
            for step in goal.milestones
        ],
        "measured": [[medium_date(day.on), with_unit(day.value, goal.unit)] for day in one.days],
    }
