"""Teams that leads of both sides lead."""

from consortium import clock
from consortium.database import db
from consortium.people import service as people
from consortium.people.domain import Side
from events.registration.models import JointAct, Team, TeamLead

SECOND = "union@example.org"


def add_lead(
    team: Team, email: str = SECOND, side: Side = Side.LABOR, name: str = "Uma Union"
) -> TeamLead:
    """Store a second lead, as if an invitation had been accepted."""
    person = people.person_for(people.identity_for(email), name=name)
    lead = TeamLead(person_id=person.id, side=side, since=clock.now())
    team.leads.append(lead)
    db.session.commit()
    return lead


def acts_of(team: Team) -> list[JointAct]:
    """Return the team's joint acts, oldest first."""
    found = db.session.scalars(db.select(JointAct).where(JointAct.team_id == team.id))
    return sorted(found, key=lambda act: (act.asked_at, act.id))
