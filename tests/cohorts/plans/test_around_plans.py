"""Around plans: who reads what, who is reminded, what reports count."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from cohorts.plans import service as plans
from cohorts.plans.domain import Phase, PlanRefused, Reading
from cohorts.plans.domain.duties import DUTIES, Group
from cohorts.plans.domain.readiness import Ready
from cohorts.plans.service import Reader
from cohorts.plans.service.reminding import plans_with_meetings, remind_owners
from consortium.database import db, transaction
from consortium.errors import NotFound
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import for_every_tenant
from consortium.tenants.models import Tenant
from tests.cohorts.plans.stage import Stage, host, mails, make_stage


@pytest.fixture
def stage(tenant: Tenant) -> Stage:
    return make_stage()


def test_team_coach_and_host_read_what_is_theirs_and_strangers_nothing(stage: Stage) -> None:
    plan, goal = stage.ready_plan()
    coach, stranger = stage.coach(), make_stage("other", 2).rep
    with transaction():
        plans.comment(plan.id, None, "Let us begin small.", stage.chief)
        plans.comment(plan.id, goal.id, "Which test?", coach)
        plans.write_note(plan.id, "Ask about time.", coach)
    seen = {
        name: plans.page_of(plan.id, reader)
        for name, reader in (("team", stage.rep), ("coach", coach), ("host", host()))
    }
    assert [len(page.notes) for page in seen.values()] == [1, 1, 0]
    assert [len(page.comments + page.goals[0].comments) for page in seen.values()] == [2, 2, 0]
    with transaction():
        plans.let_host_read(plan.id, stage.rep, lets=True)
    page = plans.page_of(plan.id, host())
    assert ([one.author for one in page.comments], page.notes) == (["Sam1, Superintendent"], ())
    assert page.goals[0].comments[0].author == "Coco Coach, coach"
    for wrong in (stage.rep, host(person_id=coach.person_id and stranger.person_id)):
        with pytest.raises(NotFound), transaction():
            plans.write_note(plan.id, "I am no coach.", wrong)
    for reader in (stranger, Reader(email="x@example.org", person_id=None)):
        with pytest.raises(NotFound):
            plans.page_of(plan.id, reader)
    for reader in (coach, host()):
        with pytest.raises(NotFound), transaction():
            plans.add_goal(plan.id, stage.spec(), Phase.ACT, [], reader)
    assert [one.partnership.title for one in plans.plans_of_cohort("cohort", coach)[1]] == [
        "District 1"
    ]
    with pytest.raises(NotFound):
        plans.plans_of_cohort("cohort", stranger)


def test_owners_are_reminded_once_of_the_next_meeting(stage: Stage, frozen) -> None:
    plan, _ = stage.ready_plan()

    def work() -> int:
        with for_every_tenant():
            near = plans_with_meetings()
        with transaction():
            return sum(remind_owners(plan_id) for _, plan_id in near)

    assert work() == 0
    frozen("2026-03-29T13:00:00+00:00")
    assert (work(), work()) == (2, 0)
    assert mails() == [
        ("ana1@example.org", "Your next meeting about the plan of District 1"),
        ("sam1@example.org", "Your next meeting about the plan of District 1"),
    ]
    mail = db.session.scalars(select(OutboxEmail)).first()
    assert mail is not None
    assert "Wednesday, April 1, 2026" in mail.text
    assert "Next step: Pick the books" in mail.text
    with transaction():  # another day is another reminder; the old one does not go out
        plans.set_next_meeting(plan.id, date(2026, 3, 30), "", 3, stage.rep)
    assert mails() == []
    assert work() == 2
    frozen("2026-04-20T13:00:00+00:00")
    assert work() == 0


def test_each_office_answers_its_own_duties_and_all_see_how_far_they_are(stage: Stage) -> None:
    labor = {duty.code: Ready.DONE for duty in DUTIES if duty.group is Group.ASSOCIATION}
    with transaction():
        changed = plans.answer_duties(
            stage.partnership.id, {**labor, "board.why": Ready.DONE}, stage.rep
        )
    assert changed == len(labor)
    page = plans.readiness_of(stage.partnership.id, stage.chief)
    assert (page.group, page.said) == (Group.ADMINISTRATION, {})
    done = {one.group: (one.asked, one.answered, one.done) for one in page.groups}
    assert done[Group.ASSOCIATION] == (1, 1, len(labor))
    assert (done[Group.BOARD], done[Group.ADMINISTRATION]) == ((1, 0, 0), (2, 0, 0))
    with pytest.raises(PlanRefused), transaction():
        plans.answer_duties(stage.partnership.id, labor, host())
    with pytest.raises(NotFound):
        plans.readiness_of(stage.partnership.id, make_stage("other", 2).rep)


def test_reports_count_plans_and_goals_without_names(stage: Stage) -> None:
    plan, goal = stage.ready_plan()
    stage.add_goal(plan, title="Mentors", students=False)
    other = make_stage("", 2, stage.institute).partnership.id
    for signer in (stage.rep, stage.chief):
        stage.sign(plan, signer)
    with transaction():
        plans.record_reading(
            plan.id, goal.id, Reading(on=date(2026, 2, 1), value=Decimal(81)), "", stage.rep
        )
    year = (date(2025, 7, 1), date(2026, 6, 30))
    mine = stage.partnership.id
    counts = plans.progress_by_partnership([mine, other], year)
    assert counts[mine] == plans.PlanProgress(
        partnerships=1, plans=1, signed=1, goals=2, about_students=1, measured=1, progressed=1,
        reached=1,
    )  # fmt: skip
    before = plans.progress_by_partnership([mine], (date(2025, 7, 1), date(2026, 1, 31)))[mine]
    assert (before.signed, before.measured, before.goals) == (0, 0, 2)
    assert (counts[other].plans, counts[other].goals) == (0, 0)
