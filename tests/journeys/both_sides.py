"""Plans of both sides, looks back and lessons in the demonstration's story."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.plans.models import Evidence, Goal, Plan
from cohorts.reflections.models import Lesson
from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.institutes.models import Institute
from events.registration.models import Team

GARDEN = "/garden-coast"
COHORT = cast.WORKING_YEAR
OWNER, LEAD, GUIDE = cast.COORDINATOR.key, cast.MANAGEMENT_LEAD.key, cast.FACILITATOR.key
FILES = frozenset({"plans.pdf", "plans.evidence_file"})


def visits_of_both_sides(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        team_id = db.session.scalars(
            select(Team.id)
            .join(Institute, Team.institute_id == Institute.id)
            .where(Team.lea_id == "3499001", Institute.slug == COHORT)
        ).one()
        partnership = learning.partnership_of_team(team_id)
        assert partnership is not None
        ours = partnership.id
        plan_id = db.session.scalars(select(Plan.id).where(Plan.partnership_id == ours)).one()
        goal_id = db.session.scalars(
            select(Goal.id).join(Evidence, Evidence.goal_id == Goal.id)
        ).first()
        lesson_id = db.session.scalars(
            select(Lesson.id).where(Lesson.partnership_id == ours)
        ).first()
    plan = f"{GARDEN}/plans/{plan_id}"
    goal = f"{plan}/goals/{goal_id}"
    yield ("plans.of_partnership", f"{GARDEN}/partnerships/{ours}/plans", LEAD)
    yield ("plans.readiness", f"{GARDEN}/partnerships/{ours}/readiness", LEAD)
    yield ("plans.checklist", f"{GARDEN}/settings/readiness", OWNER)
    yield ("plans.checklist", f"{GARDEN}/settings/readiness", OWNER, {"text_0": "x" * 201})
    yield ("plans.show", plan, LEAD)
    yield ("plans.show", plan, LEAD, {"comment-body": ""})
    yield ("plans.show", plan, GUIDE)
    yield ("plans.version", f"{plan}/versions/1", LEAD)
    yield ("plans.signing", f"{plan}/sign", LEAD)
    yield ("plans.purpose", f"{plan}/purpose", LEAD)
    yield ("plans.purpose", f"{plan}/purpose", LEAD, {"purpose": "long " * 500})
    yield ("plans.meeting", f"{plan}/meeting", LEAD)
    yield ("plans.meeting", f"{plan}/meeting", LEAD, {"remind_days": "99"})
    yield ("plans.new_goal", f"{plan}/goals/new", LEAD)
    yield ("plans.new_goal", f"{plan}/goals/new", LEAD, {"target": "a lot"})
    yield ("plans.goal", goal, LEAD)
    yield ("plans.goal", goal, LEAD, {"comment-body": ""})
    yield ("plans.edit_goal", f"{goal}/edit", LEAD)
    yield ("plans.edit_goal", f"{goal}/edit", LEAD, {"title": "", "target": "1"})
    yield ("plans.remove_goal", f"{goal}/remove", LEAD)
    yield ("plans.close", f"{plan}/close", LEAD)
    yield ("plans.of_cohort", f"{GARDEN}/institutes/{COHORT}/plans", OWNER)
    yield from _reflections(f"{GARDEN}/cohorts/teams/{team_id}/reflections/year-1")
    lessons = f"{GARDEN}/partnerships/{ours}/lessons"
    lesson = f"{GARDEN}/lessons/{lesson_id}"
    yield ("reflections.lessons", lessons, LEAD)
    yield ("reflections.new_lesson", f"{lessons}/new", LEAD)
    yield ("reflections.new_lesson", f"{lessons}/new", LEAD, {"body": "Short."})
    yield ("reflections.lesson", lesson, LEAD)
    yield ("reflections.edit_lesson", f"{lesson}/edit", LEAD)
    yield ("reflections.edit_lesson", f"{lesson}/edit", LEAD, {"title": ""})
    yield ("reflections.remove", f"{lesson}/remove", LEAD)
    yield ("reflections.library", f"{GARDEN}/library", LEAD)
    yield ("reflections.library", f"{GARDEN}/library?q=nothing-like-this", LEAD)
    yield ("reflections.shown", f"{GARDEN}/library/{lesson_id}", GUIDE)


def _reflections(meeting: str) -> Iterator[tuple[Any, ...]]:
    yield ("reflections.meeting", meeting, LEAD)
    yield ("reflections.own", f"{meeting}/mine", LEAD)
    yield ("reflections.own", f"{meeting}/mine", LEAD, {"answer_0": ""})
    yield ("reflections.of_team", f"{meeting}/team", LEAD)
    yield ("reflections.of_team", f"{meeting}/team", LEAD, {"answer_0": "long " * 1000})
    yield ("reflections.of_cohort", f"{GARDEN}/cohorts/{COHORT}/reflections", GUIDE)
    yield ("reflections.of_meeting", f"{GARDEN}/cohorts/{COHORT}/reflections/year-1", GUIDE)
    prompts = f"{GARDEN}/manage/institutes/{COHORT}/reflections"
    yield ("reflections.prompts", prompts, OWNER)
    yield ("reflections.prompts", prompts, OWNER, {"prompts": "Why?\nWhy?"})
