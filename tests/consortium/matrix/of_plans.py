"""The routes of plans of both sides: who may call what, and what each act writes down."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.learning.models import CohortStaff, StaffKind
from cohorts.plans import service as plans
from cohorts.plans.domain import GoalSpec, Phase, Reading
from cohorts.plans.models import Plan
from cohorts.plans.service import Reader, Step
from consortium import clock
from consortium.database import db
from consortium.people.models import Identity, Person
from events.registration.models import Seat, Team
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import NAMES, RUNS_IT, Answer, Policy
from tests.events.materials.stage import put_file

READS = NAMES | {"lead", "member"}
WRITES = frozenset({"lead", "member"})
of_the_partnership = Policy(may=READS, others=Answer.MISSING)
of_a_side = Policy(may=WRITES, others=Answer.MISSING)
hosts_it = Policy(may=NAMES, others=Answer.MISSING)
hosts_set = Policy(may=RUNS_IT)
own_comment = Policy(may=frozenset({"lead"}), others=Answer.MISSING)
own_note = Policy(may=frozenset({"facilitator"}), others=Answer.MISSING)
on_goal = {"on": "plans.goal GET", "by": "lead"}
on_plan = {"on": "plans.show GET", "by": "lead"}

POLICIES: Mapping[str, Policy] = {
    **{
        f"plans.{name} {method}": of_the_partnership
        for name in ("of_partnership", "readiness", "signing")
        for method in ("GET", "POST")
    },
    **{
        f"plans.{name} {method}": of_a_side
        for name in ("purpose", "meeting", "new_goal", "edit_goal", "remove_goal", "close")
        for method in ("GET", "POST")
    },
    **{
        f"plans.{name} GET": of_the_partnership
        for name in ("show", "pdf", "goal", "evidence_file")
    },
    "plans.version GET": Policy(may=READS, others=Answer.MISSING, any_of=frozenset({"plan_id"})),
    **{
        f"plans.{name} POST": of_a_side
        for name in ("milestone", "take_reading_back", "remove_evidence", "let_host_read")
    },
    "plans.phase POST": Policy(may=WRITES, others=Answer.MISSING, sent={"phase": "act"}),
    "plans.measure POST": Policy(
        may=WRITES,
        others=Answer.MISSING,
        sent={"reading-on": "2026-03-01", "reading-value": "70"},
    ),
    "plans.add_evidence POST": Policy(
        may=WRITES,
        others=Answer.MISSING,
        sent={"evidence-title": "Minutes", "evidence-link": "https://example.org/minutes"},
    ),
    "plans.comment_on_goal POST": of_the_partnership,
    "plans.comment POST": of_the_partnership,
    "plans.withdraw POST": Policy(may=READS, others=Answer.MISSING, sent={"number": "1"}),
    "plans.of_cohort GET": hosts_it,
    "plans.checklist GET": hosts_set,
    "plans.checklist POST": hosts_set,
    "plans.take_comment_back POST": own_comment,
    "plans.write_note POST": Policy(
        may=own_note.may, others=Answer.MISSING, sent={"note-body": "Ask about time."}
    ),
    "plans.take_note_back POST": own_note,
}  # fmt: skip
ACTS: Mapping[str, Act] = {
    "plans.of_partnership POST": Act(named="begin_plan", by="lead"),
    "plans.checklist POST": Act(named="change_checklist", fills={"text_0": "We know why."}),
    "plans.readiness POST": Act(named="answer_duties", by="lead", fills={"duty_0": "done"}),
    "plans.purpose POST": Act(named="change_purpose", by="lead", fills={"purpose": "All read."}),
    "plans.meeting POST": Act(
        named="set_next_meeting", by="lead", fills={"next_meeting": "2026-05-05"}
    ),
    "plans.new_goal POST": Act(named="add_goal", by="lead", fills={"title": "Mentors"}),
    "plans.edit_goal POST": Act(named="change_goal", by="lead", fills={"title": "Other"}),
    "plans.remove_goal POST": Act(named="remove_goal", by="lead"),
    "plans.close POST": Act(named="close_plan", by="lead"),
    "plans.let_host_read POST": Act(named="let_host_read_comments", **on_plan),
    "plans.withdraw POST": Act(
        named="withdraw_signature", by="member", fills={"number": "1"}, on="plans.show GET"
    ),
    "plans.phase POST": Act(named="set_phase", fills={"phase": "reflect"}, **on_goal),
    "plans.milestone POST": Act(named="tick_milestone", fills={"done": "yes"}, **on_goal),
    "plans.measure POST": Act(named="record_reading", fills={"reading-value": "70"}, **on_goal),
    "plans.take_reading_back POST": Act(named="take_reading_back", **on_goal),
    "plans.add_evidence POST": Act(
        named="add_evidence",
        fills={"evidence-title": "Minutes", "evidence-link": "https://example.org/minutes"},
        **on_goal,
    ),
    "plans.remove_evidence POST": Act(named="remove_evidence", **on_goal),
    "plans.comment_on_goal POST": Act(
        named="comment_on_plan", fills={"comment-body": "Yes."}, **on_goal
    ),
    "plans.comment POST": Act(named="comment_on_plan", fills={"comment-body": "Yes."}, **on_plan),
    "plans.take_comment_back POST": Act(named="take_comment_back", **on_plan),
    "plans.write_note POST": Act(
        named="write_coach_note",
        by="facilitator",
        fills={"note-body": "Ask about time."},
        on="plans.show GET",
    ),
    "plans.take_note_back POST": Act(named="take_note_back", by="facilitator", on="plans.show GET"),
}
ELSEWHERE = {"plans.signing POST"}
"""Signing needs two sides; the tests of plans have them."""


def planned_together(mine: Team, coach: str) -> dict[str, object]:
    """Let a team write last year's plan, of which one side signed a version, with all it can have.

    For that while the second of the team sits on the labor side.
    """
    seat = mine.seats[1] if len(mine.seats) > 1 else mine.seats[0]
    was, seat.role_code = seat.role_code, "union_leader"
    db.session.flush()
    partnership = learning.partnership_of_team(mine.id)
    assert partnership is not None
    rep, chief = _reader(seat), _reader(mine.seats[0])
    plan = plans.begin_plan(partnership.id, "Every child reads.", rep)
    plan.school_year -= 1
    spec = GoalSpec(
        title="Reading",
        measure="State test",
        baseline=Decimal(60),
        target=Decimal(80),
        due=date(2027, 6, 1),
        labor_owner=rep.person_id,
        management_owner=chief.person_id if chief.person_id != rep.person_id else None,
    )
    goal = plans.add_goal(plan.id, spec, Phase.ACT, [Step(title="Books")], rep)
    today = clock.now().date()
    plans.set_next_meeting(plan.id, today + timedelta(days=30), "Hall", 3, rep)
    if chief.person_id != rep.person_id:
        page = plans.page_of(plan.id, rep)
        plans.sign(plan.id, 1, page.digest, "Rep", rep)
    reading = plans.record_reading(plan.id, goal.id, Reading(on=today, value=Decimal(65)), "", rep)
    evidence = plans.add_evidence(plan.id, goal.id, "Minutes", put_file("minutes.pdf"), rep)
    note = plans.write_note(plan.id, "Ask about time.", _coach(mine, plan, coach))
    seat.role_code = was
    comment = plans.comment(plan.id, None, "Let us begin.", chief)
    db.session.commit()
    return {
        "plan_id": plan.id,
        "goal_id": goal.id,
        "milestone_id": goal.milestones[0].id,
        "reading_id": reading.id,
        "evidence_id": evidence.id,
        "comment_id": comment.id,
        "note_id": note.id,
    }


def _reader(seat: Seat) -> Reader:
    return Reader(email=seat.person.email, person_id=seat.person_id)


def _coach(team: Team, plan: Plan, email: str) -> Reader:
    person_id = db.session.scalars(
        select(Person.id).join(Identity).where(Identity.email == email)
    ).one()
    assigned = CohortStaff(
        institute_id=team.institute_id,
        person_id=person_id,
        kind=StaffKind.COACH,
        team_id=team.id,
        scope=str(team.id),
        since=plan.begun_at,
    )
    db.session.add(assigned)
    db.session.flush()
    return Reader(email=email, person_id=person_id)
