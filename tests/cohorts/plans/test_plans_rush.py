"""One side signs while the other changes the text: nobody ever signed what they did not read."""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.plans import service as plans
from cohorts.plans.models import Goal, Plan, PlanVersion
from cohorts.plans.service import Reader, finding, goals, signing
from cohorts.plans.service.finding import Seen, see_plan
from cohorts.plans.service.invariants import CHECKS
from consortium.database import db
from consortium.tenancy import as_tenant
from tests.cohorts.plans.stage import host, make_stage
from tests.meeting import Meeting, at_once, writing

pytestmark = pytest.mark.real_commits


def ready(tenant_id: UUID) -> tuple[UUID, list[Callable[[], object]]]:
    """Return a plan, and two acts: labor signs what it has read, management changes it."""
    with as_tenant(tenant_id):
        stage = make_stage(number=int(uuid4().int % 90_000) + 1)
        plan, goal = stage.ready_plan()
        page = plans.page_of(plan.id, stage.rep)
        rep, chief, spec = stage.rep, stage.chief, stage.spec(target=Decimal(99))
        plan_id, goal_id, digest = plan.id, goal.id, page.digest
        db.session.remove()

    def sign() -> object:
        return plans.sign(plan_id, 1, digest, "Ana Ruiz", rep)

    def change() -> object:
        return plans.change_goal(plan_id, goal_id, spec, [], 1, chief)

    return plan_id, [writing(sign), writing(change)]


def outcome(tenant_id: UUID, plan_id: UUID) -> tuple[int, list[tuple[int, str]]]:
    """Return the number that is written now, and what each signed version says of the target."""
    with as_tenant(tenant_id):
        plan = db.session.get_one(Plan, plan_id)
        versions = db.session.scalars(
            select(PlanVersion).where(PlanVersion.plan_id == plan_id).order_by(PlanVersion.number)
        )
        signed = [(one.number, str(one.text.goals[0].target)) for one in versions]
        found = plan.number, signed
        db.session.remove()
    return found


def test_who_signs_has_read_the_text_whoever_is_first(own_app: Flask, tenant_id: UUID) -> None:
    plan_id, acts = ready(tenant_id)

    refused, broken = at_once(own_app, tenant_id, acts)

    assert broken == []
    number, signed = outcome(tenant_id, plan_id)
    if refused:  # the change came first
        assert "changed while your page was open" in refused[0].message
        assert (number, signed) == (1, [])
    else:
        assert (number, signed) == (2, [(1, "80")])
    with as_tenant(tenant_id):
        assert [sentence for check in CHECKS for sentence in check.find()] == []


# On SQLite one transaction writes at a time, so that nobody can be this careless.
@pytest.mark.parametrize("own_app", ["postgresql"], indirect=True)
def test_without_holding_the_plan_a_signature_stands_under_a_changed_text(
    own_app: Flask, tenant_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: both look at the plan before either writes."""
    plan_id, acts = ready(tenant_id)
    here, goals_of = Meeting(2), finding.goals_of

    def look_then_sign(plan_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Goal]]:
        found = goals_of(plan_ids)
        here.wait()
        return found

    def look_then_change(plan_id: UUID, reader: Reader) -> tuple[Plan, Seen]:
        found = see_plan(plan_id, reader)
        here.wait()
        return found

    monkeypatch.setattr(signing, "hold_plan", lambda plan_id: db.session.get_one(Plan, plan_id))
    monkeypatch.setattr(signing, "goals_of", look_then_sign)
    monkeypatch.setattr(goals, "hold_to_write", look_then_change)

    refused, broken = at_once(own_app, tenant_id, acts)

    assert (refused, broken) == ([], [])
    number, signed = outcome(tenant_id, plan_id)
    assert (number, signed) == (1, [(1, "80")])
    with as_tenant(tenant_id):
        page = plans.page_of(plan_id, host())
        assert page.version is not None
        assert page.text.digest != page.version.digest
