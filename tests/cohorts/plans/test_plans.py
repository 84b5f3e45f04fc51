"""Plans: both sides write, sign, change and read them; nothing signed ever changes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from cohorts.learning.domain.partners import TableSide
from cohorts.plans import service as plans
from cohorts.plans.domain import Phase, PlanRefused, Reading, Standing
from cohorts.plans.models import Plan, PlanVersion
from cohorts.plans.service import Reader, Step
from cohorts.plans.service.invariants import CHECKS
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import Conflict, NotFound
from consortium.merging import service as merging
from consortium.tenants.models import Tenant
from events.registration.models import SeatStatus
from tests.cohorts.plans.stage import Stage, mails, make_stage
from tests.factories import make_person


@pytest.fixture
def stage(tenant: Tenant) -> Stage:
    return make_stage()


def found() -> list[str]:
    return [sentence for check in CHECKS for sentence in check.find()]


def reread(plan: Plan) -> Plan:
    db.session.expire_all()
    return db.session.get_one(Plan, plan.id)


def test_both_sides_sign_the_same_version_and_its_text_is_kept(stage: Stage) -> None:
    plan, _ = stage.ready_plan()
    stage.sign(plan, stage.rep, "Ana Ruiz")
    assert reread(plan).standing is Standing.HALF
    asked = "Please read and sign: plan of District 1"
    assert mails() == [("sam1@example.org", asked)]
    stage.sign(plan, stage.chief, "Sam Lee")
    version = reread(plan).agreed
    assert version is not None
    assert [(one.side, one.name, one.office) for one in version.signatures] == [
        (TableSide.LABOR, "Ana Ruiz", "Association president"),
        (TableSide.MANAGEMENT, "Sam Lee", "Superintendent"),
    ]
    assert version.signatures[0].wording == (
        "I have read version 1 of this plan. I agree to it for the labor side, and my side will do "
        "its part."
    )
    assert version.text.goals[0].labor_owner == "Ana1, Association president"
    assert mails() == [
        ("ana1@example.org", "Signed by both sides: plan of District 1"),
        ("sam1@example.org", "Signed by both sides: plan of District 1"),
    ]
    assert found() == []


def test_a_change_after_a_signature_opens_the_next_version_and_the_signed_one_stays(
    stage: Stage,
) -> None:
    plan, goal = stage.ready_plan()
    for signer in (stage.rep, stage.chief):
        stage.sign(plan, signer)
    kept = reread(plan).versions[0].content
    with transaction():  # saving it unchanged, measuring and moving on change no version
        plans.change_goal(
            plan.id,
            goal.id,
            stage.spec(),
            [Step(title="Pick the books", due=date(2026, 10, 1))],
            1,
            stage.chief,
        )
        plans.set_phase(plan.id, goal.id, Phase.REFLECT, stage.chief)
        plans.record_reading(
            plan.id, goal.id, Reading(on=date(2026, 2, 1), value=Decimal(70)), "", stage.rep
        )
        plans.set_next_meeting(plan.id, date(2026, 5, 1), "", 0, stage.rep)
    assert (reread(plan).number, plan.standing) == (1, Standing.SIGNED)
    with transaction():
        plans.change_goal(plan.id, goal.id, stage.spec(target=Decimal(85)), [], 1, stage.chief)
    plan = reread(plan)
    assert (plan.number, plan.standing, plan.agreed.number) == (2, Standing.DRAFT, 1)  # type: ignore[union-attr]
    assert plan.versions[0].content == kept
    (change,) = plans.changed_since(plans.page_of(plan.id, stage.rep))
    assert [words for words, _, _ in change.fields] == ["Target", "Milestones"]
    for signer in (stage.chief, stage.rep):
        stage.sign(plan, signer)
    assert reread(plan).agreed.number == 2  # type: ignore[union-attr]
    assert plans.version_of(plan.id, 2, stage.rep).changes == (change,)
    assert found() == []


def test_who_comes_too_late_sees_both_texts_part_by_part(stage: Stage) -> None:
    plan, goal = stage.ready_plan()
    steps = [Step(title="Pick the books", due=date(2026, 10, 1))]
    with transaction():
        plans.change_goal(plan.id, goal.id, stage.spec(unit="points"), steps, 1, stage.chief)
    with pytest.raises(Conflict) as refused, transaction():
        plans.change_goal(
            plan.id, goal.id, stage.spec(target=Decimal(90), unit="%"), steps, 1, stage.rep
        )
    assert refused.value.versions == (
        ("Where we stand", "60 points", "60%"),
        ("Target", "80 points", "90%"),
    )
    with pytest.raises(Conflict), transaction():
        plans.change_purpose(plan.id, "All read.", 0, stage.rep)


def test_nobody_signs_what_they_have_not_read_or_what_is_not_ready(stage: Stage) -> None:
    plan, goal = stage.ready_plan()
    page = plans.page_of(plan.id, stage.rep)
    with transaction():
        plans.change_goal(plan.id, goal.id, stage.spec(target=Decimal(90)), [], 1, stage.chief)
    with pytest.raises(PlanRefused, match="changed while your page was open"), transaction():
        plans.sign(plan.id, 1, page.digest, "Ana", stage.rep)
    with transaction():
        plans.set_next_meeting(plan.id, None, "", 3, stage.rep)
    with pytest.raises(PlanRefused, match="not ready"):
        stage.sign(plan, stage.rep)
    with pytest.raises(PlanRefused, match="leads of both sides"):
        stage.sign(plan, stage.who("tea"))
    assert db.session.scalars(select(PlanVersion)).all() == []


def test_a_signature_is_taken_back_while_the_other_side_has_not_signed(stage: Stage) -> None:
    plan, _ = stage.ready_plan()
    stage.sign(plan, stage.rep)
    with transaction():
        plans.withdraw(plan.id, 1, stage.rep)
    assert reread(plan).standing is Standing.DRAFT
    assert mails() == []
    stage.sign(plan, stage.chief)
    stage.sign(plan, stage.rep)
    with pytest.raises(PlanRefused, match="next version"), transaction():
        plans.withdraw(plan.id, 1, stage.rep)
    assert [one.withdrawn_at is None for one in reread(plan).versions[0].signatures].count(
        True
    ) == 2
    assert found() == []


def test_one_open_plan_a_year_and_a_new_one_once_it_is_closed(stage: Stage) -> None:
    plan = stage.begin()
    assert (plan.school_year, plan.years) == (2025, "2025–26")
    with pytest.raises(PlanRefused, match="Go on in it"):
        stage.begin()
    with transaction():
        plans.close_plan(plan.id, stage.chief)
    with pytest.raises(PlanRefused, match="closed"):
        stage.add_goal(plan)
    assert stage.begin().id != plan.id


def test_an_owner_who_left_is_named_and_the_plan_stays(stage: Stage) -> None:
    plan, goal = stage.ready_plan()
    seat = next(one for one in stage.team.seats if one.person.email.startswith("sam"))
    seat.status = SeatStatus.REPLACED
    stage.team.leads.clear()
    db.session.commit()
    page = plans.page_of(plan.id, stage.rep)
    assert [(owner.name, owner.left) for owner in page.goals[0].owners] == [
        ("Ana1, Association president", False),
        ("Sam1", True),
    ]
    assert "“More third graders read at grade level”: the owner on the management side" in (
        page.lacks[0].sentence
    )
    with pytest.raises(NotFound):
        plans.page_of(plan.id, Reader(email="sam1@example.org", person_id=seat.person_id))
    with transaction():  # other parts can be changed before a successor is named
        plans.change_goal(plan.id, goal.id, stage.spec(unit="points"), [], 1, stage.rep)


def test_merged_people_and_leas_take_their_plans_along(stage: Stage) -> None:
    plan, _ = stage.ready_plan()
    stage.sign(plan, stage.rep)
    other = make_stage("later", 2)
    theirs, _ = other.ready_plan()
    twin = make_person("ana.ruiz@example.org", "Ana Ruiz")
    with transaction():
        merging.merge_people(
            twin.id, stage.rep.person_id, by="owner@example.org", may_choose_staff=True
        )
    assert reread(plan).versions[0].signatures[0].person_id == twin.id
    again = replace(stage.chief, person_id=twin.id, email="ana.ruiz@example.org")
    assert plans.page_of(plan.id, again).goals[0].mine
    with transaction():
        merged = merging.merge_leas(stage.team.lea_id, other.team.lea_id, by="owner@example.org")
    assert reread(theirs).partnership_id == stage.partnership.id
    assert (theirs.closed_at is None, reread(plan).closed_at) == (False, None)
    with transaction():
        merging.unmerge(merged.id, by="owner@example.org", may_choose_staff=True)
    assert (reread(theirs).partnership_id, theirs.closed_at) == (other.partnership.id, None)
    assert found() == []


def test_checks_find_what_was_changed_behind_the_plans_back(stage: Stage) -> None:
    plan, _ = stage.ready_plan()
    stage.sign(plan, stage.rep)
    version = reread(plan).versions[0]
    version.content = {**version.content, "purpose": "Something else."}
    version.agreed_at = version.frozen_at
    plan.number = 7
    db.session.flush()
    assert found() == [
        f"plan_version:{version.id} is not the text that was signed.",
        f"plan_version:{version.id} was signed otherwise than it says.",
        f"plan:{plan.id} says version 7; the last signed one is 1.",
    ]


def test_each_act_writes_one_line_of_the_record(stage: Stage) -> None:
    plan, _ = stage.ready_plan()
    stage.sign(plan, stage.rep)
    acts = db.session.scalars(
        select(AuditEntry.act)
        .where(AuditEntry.subject == f"plan:{plan.id}")
        .order_by(AuditEntry.at, AuditEntry.id)
    ).all()
    assert sorted(acts) == ["add_goal", "begin_plan", "set_next_meeting", "sign_plan"]
