"""The leads of a team, as one of them sees the other."""

from consortium.words import say
from events.registration.domain import RegistrationRefused
from events.registration.models import Team, TeamLead
from events.registration.service.finding import Editor


def lead_of(team: Team, editor: Editor) -> TeamLead | None:
    """Return this person among the team's leads."""
    return next((lead for lead in team.leads if lead.person_id == editor.person_id), None)


def lead_beside(team: Team, mine: TeamLead) -> TeamLead:
    """Return the other lead. Raises ``RegistrationRefused`` while there is none."""
    other = next((lead for lead in team.leads if lead.id != mine.id), None)
    if other is None:
        raise RegistrationRefused(
            say(
                "This institute asks the leads of both sides to agree to this. Invite a lead of "
                "the other side first."
            )
        )
    return other


def name_of(lead: TeamLead) -> str:
    """Return what pages and mails call a lead."""
    return lead.person.name or lead.person.email
