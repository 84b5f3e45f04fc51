"""What the partnerships of the working year have written: plans, looks back, lessons."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from cohorts.learning import service as learning
from cohorts.learning.domain.partners import TableSide, Who
from cohorts.learning.models import Partnership
from cohorts.plans import service as plans
from cohorts.plans.domain import Direction, GoalSpec, Phase, Reading
from cohorts.plans.domain.duties import DUTIES, Group
from cohorts.plans.domain.readiness import Ready
from cohorts.plans.models import Plan
from cohorts.plans.service import Reader, Step
from cohorts.reflections import service as reflections
from cohorts.reflections.domain import LessonText, Visibility
from cohorts.reflections.service import Said
from consortium import clock
from consortium.demonstration import cast
from consortium.demonstration.programmes import next_tuesday
from consortium.people import service as people
from events.facade.teams import TeamOfYear
from events.institutes.models import Institute

HARBOR, MILLBROOK = "3499001", "3499003"
PURPOSE = (
    "Every child in Harbor Point reads well by the end of grade three, and people who teach here "
    "want to stay. Both sides look at the same figures, and decide together what comes next."
)
TUESDAYS = LessonText(
    title="One fixed evening, and nobody moves it",
    topic="meetings",
    body=(
        "For two years we looked for dates anew each month, and every second meeting fell away. "
        "Now it is the first Tuesday, at the union hall and in the board room in turn, and either "
        "side can send someone else but cannot move it. We have met nine times in a row."
    ),
)
MENTORS = LessonText(
    title="Mentors whom both sides choose",
    topic="mentoring",
    body=(
        "The association and the principals name mentors together and share the paid time. Eleven "
        "of twelve new teachers stayed, after seven of twelve the year before. We would begin "
        "earlier: names by May, not in August."
    ),
)


def work_together(institute: Institute) -> None:
    """Let Harbor Point sign a plan and share a lesson; Millbrook City waits for one signature."""
    found = {one.lea_id: (one, team) for one, team in _partners(institute)}
    harbor, team = found[HARBOR]
    millbrook, other = found[MILLBROOK]
    plan = _plan_of_harbor(harbor)
    _talk(plan, harbor)
    _answer(harbor)
    _look_back(team, harbor)
    _share(harbor, TUESDAYS, TableSide.LABOR)
    _share(millbrook, MENTORS, TableSide.MANAGEMENT)
    _sign(_plan_of_millbrook(millbrook), millbrook, (TableSide.MANAGEMENT,))
    _look_back(other, millbrook)


def _partners(institute: Institute) -> Sequence[tuple[Partnership, TeamOfYear]]:
    return learning.partnerships_of_institute(institute.id)


def _plan_of_harbor(harbor: Partnership) -> Plan:
    who, today = learning.who(harbor), clock.now().date()
    rep, chief = _reader(who, TableSide.LABOR), _reader(who, TableSide.MANAGEMENT)
    plan = plans.begin_plan(harbor.id, PURPOSE, rep)
    reading = GoalSpec(
        title="More third graders read at grade level",
        students=True,
        measure="State reading test, grade 3",
        unit="%",
        baseline=Decimal(58),
        target=Decimal(72),
        due=today + timedelta(days=200),
        labor_owner=rep.person_id,
        management_owner=chief.person_id,
    )
    staying = GoalSpec(
        title="New teachers stay",
        measure="Teachers who leave within two years",
        unit="people",
        direction=Direction.LESS,
        baseline=Decimal(9),
        target=Decimal(4),
        due=today + timedelta(days=260),
        labor_owner=rep.person_id,
        management_owner=chief.person_id,
    )
    steps = [
        Step(title="Choose one reading programme together", due=today - timedelta(days=60)),
        Step(title="Time for grade teams each week", due=today + timedelta(days=30)),
    ]
    goal = plans.add_goal(plan.id, reading, Phase.ACT, steps, rep)
    plans.add_goal(plan.id, staying, Phase.PREPARE, [Step(title="Name mentors")], chief)
    tuesday = next_tuesday(today + timedelta(days=9))
    plans.set_next_meeting(plan.id, tuesday, "Teachers' hall, 4 pm", 3, rep)
    _sign(plan, harbor, tuple(TableSide))
    for days, value in ((150, "58"), (100, "60.5"), (50, "59"), (9, "64")):
        measured = Reading(on=today - timedelta(days=days), value=Decimal(value))
        plans.record_reading(plan.id, goal.id, measured, "Screening in all schools", chief)
    plans.tick_milestone(plan.id, goal.id, goal.milestones[0].id, rep, done=True)
    link = "https://example.org/harbor-point/reading-minutes"
    plans.add_evidence(plan.id, goal.id, "Minutes of the reading team", link, rep)
    plans.comment(plan.id, goal.id, "The dip in winter was the flu, I think.", chief)
    return plan


def _plan_of_millbrook(millbrook: Partnership) -> Plan:
    who, today = learning.who(millbrook), clock.now().date()
    rep, chief = _reader(who, TableSide.LABOR), _reader(who, TableSide.MANAGEMENT)
    plan = plans.begin_plan(millbrook.id, "Students come to school, and want to.", chief)
    attendance = GoalSpec(
        title="Fewer students miss a tenth of the year",
        students=True,
        measure="Students absent for 18 days or more",
        unit="%",
        direction=Direction.LESS,
        baseline=Decimal(24),
        target=Decimal(15),
        due=today + timedelta(days=220),
        labor_owner=rep.person_id,
        management_owner=chief.person_id,
    )
    plans.add_goal(plan.id, attendance, Phase.ACT, [Step(title="Call home on day three")], chief)
    plans.set_next_meeting(plan.id, next_tuesday(today + timedelta(days=3)), "Board room", 3, chief)
    return plan


def _sign(plan: Plan, partnership: Partnership, sides: Sequence[TableSide]) -> None:
    who = learning.who(partnership)
    for side in sides:
        reader = _reader(who, side)
        member = who.member(reader.person_id)
        page = plans.page_of(plan.id, reader)
        plans.sign(plan.id, page.plan.number, page.digest, member.name if member else "", reader)


def _talk(plan: Plan, harbor: Partnership) -> None:
    who = learning.who(harbor)
    rep = _reader(who, TableSide.LABOR)
    plans.comment(plan.id, None, "Two goals are enough for this year.", rep)
    guide = people.person_for(people.identity_for(cast.FACILITATOR.email))
    coach = Reader(email=cast.FACILITATOR.email, person_id=guide.id, hosts=True)
    note = "They decide well and report little. Ask next time who tells the schools."
    plans.write_note(plan.id, note, coach)


def _answer(harbor: Partnership) -> None:
    who = learning.who(harbor)
    for side, group in (
        (TableSide.LABOR, Group.ASSOCIATION),
        (TableSide.MANAGEMENT, Group.ADMINISTRATION),
    ):
        codes = [duty.code for duty in DUTIES if duty.group is group]
        said = {
            code: Ready.DONE if n < 2 else Ready.BEGUN  # noqa: PLR2004  (the first two)
            for n, code in enumerate(codes[:4])
        }
        plans.answer_duties(harbor.id, said, _reader(who, side))


def _look_back(team: TeamOfYear, partnership: Partnership) -> None:
    who = learning.who(partnership)
    asked = reflections.prompts_of(team.institute_id)
    for side, visibility, answer in (
        (TableSide.LABOR, Visibility.COHORT, "That their budget is as tight as our days."),
        (TableSide.MANAGEMENT, Visibility.TEAM, "I talk too early. I will ask first."),
    ):
        reader = _reader(who, side)
        spot = reflections.spot_at(team.id, "year-1", reader.person_id, hosts=False)
        said = Said(answers=[(asked[0], answer)], visibility=visibility)
        reflections.reflect(spot, said, by=reader.email)
    together = Said(
        answers=[(asked[1], "Both leads open each meeting together, from the next one on.")],
        visibility=Visibility.HOST,
    )
    reflections.reflect_as_team(spot, together, 0, by=reader.email)


def _share(partnership: Partnership, text: LessonText, named: TableSide) -> None:
    who = learning.who(partnership)
    writer = _reader(who, named)
    lesson = reflections.write_lesson(partnership.id, text, writer.person_id, by=writer.email)
    for side in TableSide:
        reader = _reader(who, side)
        reflections.agree_to_lesson(
            lesson.id,
            text.digest,
            reader.person_id,
            named=side is named,
            for_reports=True,
            by=reader.email,
        )


def _reader(who: Who, side: TableSide) -> Reader:
    """Return who speaks for a side: someone whom visitors can be, where there is one."""
    found = [people.get_person(one.person_id) for one in who.speakers(side)]
    known = {character.email for character in cast.CAST}
    person = min(found, key=lambda one: one.email not in known)
    return Reader(email=person.email, person_id=person.id)
