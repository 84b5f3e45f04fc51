"""What a random history stands on: an institute with few places, a clock, and the model."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from sqlalchemy.engine import Connection

from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Identity
from consortium.tenancy import as_tenant
from events.institutes.domain import Strength
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.registration.service import Editor
from tests.consortium.verify.breaking import everything
from tests.factories import NOON, USUAL_ROLES, make_institute, make_lea, make_tenant
from tests.machine import model as plain
from tests.machine.comparing import expected, stored
from tests.machine.model import Model, SeatModel, TeamModel

PEOPLE_KNOWN = 6
LEAS = ("3400001", "3400002", "3400003", "3400004")
ROLES: tuple[dict[str, Any], ...] = (
    *(role for role in USUAL_ROLES if role["code"] != "board_member"),
    {
        "code": plain.ASSOCIATION,
        "label": "Administrators' association president",
        "side": Side.LABOR,
        "strength": Strength.IF_APPLICABLE,
        "waiver": "No such unit",
    },
)
BY = "coordinator@example.org"
COORDINATING = Editor(email=BY, coordinates=True)
Thing = TypeVar("Thing")


class Ground(RuleBasedStateMachine):
    """One consortium for each history; what it commits is undone at its end."""

    look_each_step: ClassVar[bool] = False
    """Whether ``verify`` looks after each act, and not only at the end of a history."""
    set_clock: ClassVar[Callable[[datetime], None]]
    model: Model

    @initialize(capacity=st.integers(2, 6), teams=st.integers(1, 3))
    def begin(self, capacity: int, teams: int) -> None:
        self.go_to(NOON)
        connection: Connection = db.engines[None]  # type: ignore[assignment]
        db.session.remove()
        self.savepoint = connection.begin_nested()
        self.tenant_id = make_tenant().id
        with as_tenant(self.tenant_id):
            for number, lea in enumerate(LEAS):
                make_lea(lea, f"Town {number}")
            institute = make_institute(
                pools={PEOPLE: capacity, TEAMS: teams},
                roles=ROLES,
                max_people=plain.MOST_IN_A_TEAM,
                deadlines=[],
            )
            self.institute_id = institute.id
            first = min(day.on for day in institute.days)
            begins = datetime.combine(first, datetime.min.time(), tzinfo=institute.zone)
        self.model = Model(capacity, teams, begins)
        self.furnish()

    def furnish(self) -> None:
        """Let there be something to begin with."""

    def teardown(self) -> None:
        if not hasattr(self, "savepoint"):
            return
        try:
            if hasattr(self, "model"):
                self.verify_finds_nothing()
        finally:
            db.session.remove()
            self.savepoint.rollback()

    @invariant()
    def what_is_stored_is_what_the_model_holds(self) -> None:
        if not hasattr(self, "model"):
            return
        with as_tenant(self.tenant_id):
            assert stored() == expected(self.model)
        if self.look_each_step:
            self.verify_finds_nothing()

    def verify_finds_nothing(self) -> None:
        """Look as ``consortium verify`` does; that no worker sends mails is no fault here."""
        with as_tenant(self.tenant_id):
            found = everything()
        for of_the_worker in ("I27", "I35"):
            found.pop(of_the_worker, None)
        assert found == {}, found

    # How acts are done.

    def act(self, do: Callable[[], Any], *, allowed: bool) -> tuple[Any, ...]:
        """Do an act; return its result in a tuple, or an empty one when it was refused.

        Fails when the services do what the model would refuse, or the other way round.
        """
        result: tuple[Any, ...] = ()
        why = ""
        try:
            with as_tenant(self.tenant_id), transaction():
                result = (do(),)
        except Refusal as refusal:
            why = f"{type(refusal).__name__}: {refusal.message}"
        assert bool(result) == allowed, why or "this should have been refused"
        return result

    def go_to(self, moment: datetime) -> None:
        self.now = moment
        type(self).set_clock(moment)

    def later(self, by: timedelta) -> None:
        self.go_to(self.now + by)

    # Whom and what acts are about.

    @property
    def institute(self) -> Institute:
        return db.session.get_one(Institute, self.institute_id)

    def identity(self, email: str) -> Identity:
        return people.identity_for(email)

    def lead(self, team: TeamModel) -> Editor:
        """Return one of the team's leads, as an editor."""
        email = next(iter(team.leads.values()))
        return self.editor(email)

    def editor(self, email: str) -> Editor:
        with as_tenant(self.tenant_id):
            person = people.person_for(people.identity_for(email))
            return Editor(email=email, person_id=person.id)

    def team(self, number: int) -> TeamModel:
        return self.pick(self.model.teams, number)

    def pick(self, things: Sequence[Thing], number: int) -> Thing:
        return things[number % len(things)]

    def seats(self, *statuses: str) -> list[tuple[TeamModel, SeatModel]]:
        return [(t, s) for t in self.model.teams for s in t.seats if s.status in statuses]

    def standing(self, status: str) -> list[TeamModel]:
        return [team for team in self.model.teams if team.status == status]
