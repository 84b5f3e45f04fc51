"""A partnership in a running cohort, both sides there, and acts on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from cohorts.handover import service as handover
from cohorts.handover.domain.leaving import Leaving, Successor
from cohorts.handover.models import Departure
from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from cohorts.structures import service as structures
from cohorts.structures.service import Opened, Reader
from consortium import clock
from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Person
from consortium.people.service.roles import roles, seed_catalogue
from events.facade.leaving import Editor
from events.institutes.models import Institute
from events.registration.models import Seat, Team, TeamLead
from tests.factories import make_institute, make_lea, make_team

TODAY = date(2026, 3, 2)


@dataclass(kw_only=True)
class Stage:
    """Who is there."""

    institute: Institute
    team: Team
    partnership: Partnership

    def person(self, start: str) -> Person:
        """Return someone by the beginning of the address."""
        return next(one for one in people_here() if one.email.startswith(start))

    def opened(self, who: str = "") -> Opened:
        """Open the partnership as someone of it, or as the host."""
        db.session.expire_all()
        return structures.open_partnership(self.partnership.id, self.reader(who))

    def reader(self, who: str = "") -> Reader:
        """Return someone of it, or the host."""
        if not who:
            return Reader(email="host@example.org", reads_all=True, manages=True)
        person = self.person(who)
        return Reader(email=person.email, person_id=person.id)

    def editor(self, who: str = "") -> Editor:
        """Return who acts on teams."""
        reader = self.reader(who)
        return Editor(email=reader.email, person_id=reader.person_id, coordinates=reader.manages)

    def leave(self, start: str, *, by: str = "", left_on: date = TODAY, **values: Any) -> Departure:
        """Write down that somebody left."""
        leaving = Leaving(
            person_id=self.person(start).id,
            left_on=left_on,
            follows=values.pop("follows", "open"),
            successor=Successor(**values),
        )
        opened = self.opened(by)
        with transaction():
            return handover.report_departure(opened, leaving, self.editor(by))

    def seats(self) -> list[tuple[str, str, str]]:
        """Return the team's seats: role, name, status."""
        rows = db.session.scalars(
            select(Seat).where(Seat.team_id == self.team.id).order_by(Seat.position, Seat.id)
        )
        return [(row.role_code, row.name, row.status.value) for row in rows]

    def leads(self) -> dict[str, str]:
        """Return who leads the team, by side."""
        rows = db.session.scalars(select(TeamLead).where(TeamLead.team_id == self.team.id))
        return {row.side.value: row.person.email for row in rows}


def people_here() -> list[Person]:
    return list(db.session.scalars(select(Person)).unique())


def make_stage(number: int = 1, *, both_lead: bool = True, **institute: Any) -> Stage:
    """Store a running cohort's team: sam (superintendent), ana (union), bo (board), tea."""
    if not roles():
        seed_catalogue()
    cohort = make_institute(
        f"cohort-{number}",
        days=institute.pop("days", [date(2026, 2, 1), date(2026, 5, 1)]),
        **institute,
    )
    team = make_team(
        cohort,
        make_lea(f"34{number:05}", f"District {number}"),
        {
            f"sam{number}@example.org": "superintendent",
            f"ana{number}@example.org": "union_leader",
            f"bo{number}@example.org": "board_member",
            f"tea{number}@example.org": "principal",
        },
    )
    if both_lead:
        ana = people.person_for(people.identity_for(f"ana{number}@example.org"))
        team.leads.append(TeamLead(person_id=ana.id, side=Side.LABOR, since=clock.now()))
    db.session.commit()
    with transaction():
        partnership = learning.partnership_of_team(team.id)
    assert partnership is not None
    return Stage(institute=cohort, team=team, partnership=partnership)


def mails() -> list[tuple[str, str]]:
    """Return to whom mail goes out, and its subject."""
    rows = db.session.scalars(
        select(OutboxEmail).where(OutboxEmail.settled_at.is_(None)).order_by(OutboxEmail.to)
    )
    return [(row.to, row.subject) for row in rows]
