"""Mails about what teams hand in."""

from typing import Any

from consortium.database import db
from consortium.letters import letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say
from events.deliverables.domain import AskedTeam, LeadContact, Review, Standing
from events.deliverables.models import Deliverable, HandIn
from events.institutes.models import Institute
from events.registration.emails.parts import page
from events.registration.models import Team


def reminder(
    institute: Institute,
    deliverable: Deliverable,
    team: AskedTeam,
    standing: Standing,
    *,
    to: LeadContact,
) -> Email:
    """Remind someone of what the team has not handed in, or has not agreed to."""
    waits = standing is Standing.WAITING
    return letter(
        "deliverables/reminder",
        to=to.email,
        subject=say(
            "Your agreement is missing: %(what)s" if waits else "Please hand in: %(what)s",
            what=deliverable.title,
        ),
        name=to.name,
        waits=waits,
        **_about(institute, deliverable, team.title, team.id),
    )


def asks_agreement(team: Team, deliverable: Deliverable, version: HandIn, *, to: Person) -> Email:
    """Ask someone of the team to agree to what was uploaded."""
    return letter(
        "deliverables/asks_agreement",
        to=to.email,
        subject=say("Do you agree? %(what)s of %(team)s", what=deliverable.title, team=team.name),
        name=to.name or to.email,
        uploaded_by=version.uploaded_by,
        note=version.note,
        **_about(team.institute, deliverable, team.name, team.id),
    )


def handed_in_by_member(
    team: Team, deliverable: Deliverable, version: HandIn, *, to: Person
) -> Email:
    """Tell a lead that a member handed something in for the team."""
    return letter(
        "deliverables/handed_in",
        to=to.email,
        subject=say("Handed in: %(what)s of %(team)s", what=deliverable.title, team=team.name),
        name=to.name or to.email,
        uploaded_by=version.uploaded_by,
        note=version.note,
        **_about(team.institute, deliverable, team.name, team.id),
    )


def reviewed(team: Team, deliverable: Deliverable, version: HandIn, *, to: Person) -> Email:
    """Tell a lead that the host accepts what was handed in, or asks for a change."""
    accepted = version.review is Review.ACCEPTED
    return letter(
        "deliverables/reviewed",
        to=to.email,
        subject=say(
            "Accepted: %(what)s" if accepted else "Please change: %(what)s",
            what=deliverable.title,
        ),
        name=to.name or to.email,
        accepted=accepted,
        note=version.review_note,
        **_about(team.institute, deliverable, team.name, team.id),
    )


def _about(
    institute: Institute, deliverable: Deliverable, team: str, team_id: Any
) -> dict[str, Any]:
    return {
        "institute": institute,
        "deliverable": deliverable,
        "team": team,
        "tenant": db.session.get_one(Tenant, institute.tenant_id),
        "link": page(
            institute, "deliverables.paper", team_id=team_id, deliverable_id=deliverable.id
        ),
    }
