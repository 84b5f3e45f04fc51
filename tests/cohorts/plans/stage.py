"""A cohort's team of both sides, its partnership, a coach, and a plan ready to be signed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.learning.models import CohortStaff, Partnership, StaffKind
from cohorts.plans import service as plans
from cohorts.plans.domain import GoalSpec, Phase
from cohorts.plans.models import Goal, Plan
from cohorts.plans.service import Reader, Step
from consortium import clock
from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from events.institutes.models import Institute
from events.registration.models import Team
from tests.factories import make_institute, make_lea, make_person, make_team

MEETING = date(2026, 4, 1)


@dataclass(kw_only=True)
class Stage:
    """Who is there, and what they work on."""

    institute: Institute
    team: Team
    partnership: Partnership

    def who(self, start: str) -> Reader:
        """Return someone of the team by the beginning of the address."""
        seat = next(one for one in self.team.seats if one.person.email.startswith(start))
        return Reader(email=seat.person.email, person_id=seat.person_id)

    @property
    def rep(self) -> Reader:
        """Who speaks for labor."""
        return self.who("ana")

    @property
    def chief(self) -> Reader:
        """Who speaks for management."""
        return self.who("sam")

    def begin(self, purpose: str = "Every child reads.") -> Plan:
        """Begin the plan."""
        with transaction():
            return plans.begin_plan(self.partnership.id, purpose, self.rep)

    def spec(self, **values: Any) -> GoalSpec:
        """Return a goal that lacks nothing."""
        return GoalSpec(
            **{
                "title": "More third graders read at grade level",
                "students": True,
                "measure": "State reading test, grade 3",
                "unit": "%",
                "baseline": Decimal(60),
                "target": Decimal(80),
                "due": date(2027, 6, 1),
                "labor_owner": self.rep.person_id,
                "management_owner": self.chief.person_id,
                **values,
            }
        )

    def add_goal(self, plan: Plan, **values: Any) -> Goal:
        """Write a goal with one milestone."""
        steps = [Step(title="Pick the books", due=date(2026, 10, 1))]
        with transaction():
            return plans.add_goal(plan.id, self.spec(**values), Phase.ACT, steps, self.rep)

    def ready_plan(self) -> tuple[Plan, Goal]:
        """Write a plan that both sides can sign."""
        plan = self.begin()
        goal = self.add_goal(plan)
        with transaction():
            plans.set_next_meeting(plan.id, MEETING, "Union hall", 3, self.rep)
        return plan, goal

    def sign(self, plan: Plan, reader: Reader, name: str = "My Name") -> None:
        """Sign the plan as it stands."""
        page = plans.page_of(plan.id, reader)
        with transaction():
            plans.sign(plan.id, page.plan.number, page.digest, name, reader)

    def coach(self, email: str = "coach@example.org") -> Reader:
        """Let someone coach the team."""
        person = make_person(email, "Coco Coach")
        db.session.add(
            CohortStaff(
                institute_id=self.institute.id,
                person_id=person.id,
                kind=StaffKind.COACH,
                team_id=self.team.id,
                scope=str(self.team.id),
                since=clock.now(),
            )
        )
        db.session.commit()
        return Reader(email=email, person_id=person.id)


def make_stage(slug: str = "cohort", number: int = 1, institute: Institute | None = None) -> Stage:
    """Store a cohort's team with its partnership."""
    institute = institute or make_institute(slug)
    team = make_team(
        institute,
        make_lea(f"34{number:05}", f"District {number}"),
        {
            f"sam{number}@example.org": "superintendent",
            f"ana{number}@example.org": "union_leader",
            f"bo{number}@example.org": "board_member",
            f"tea{number}@example.org": "principal",
        },
    )
    with transaction():
        partnership = learning.partnership_of_team(team.id)
    assert partnership is not None
    return Stage(institute=institute, team=team, partnership=partnership)


def host(email: str = "host@example.org", person_id: UUID | None = None) -> Reader:
    """Return who runs the consortium's cohorts."""
    return Reader(email=email, person_id=person_id, hosts=True)


def mails() -> list[tuple[str, str]]:
    """Return to whom mail goes out, and its subject."""
    rows = db.session.scalars(
        select(OutboxEmail).where(OutboxEmail.settled_at.is_(None)).order_by(OutboxEmail.to)
    )
    return [(row.to, row.subject) for row in rows]
