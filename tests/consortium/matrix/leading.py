"""Who leads the teams of the matrix, who is asked to, and what waits for an agreement."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from consortium.database import db
from consortium.people.domain import Side
from events.institutes.domain import JointActKind
from events.registration.models import JointAct, LeadInvitation, Team, TeamLead
from events.registration.service.finding import digest_of
from tests.factories import NOON, make_person


def lead_together(
    mine: Team, other: Team, slug: str
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Let the lead of ``mine`` hand over to the member, and two people lead ``other``.

    Returns what addresses name of the first, and of the other.
    """
    second = make_person(f"second@{slug}.example.org", f"Second of {slug}")
    other.leads.append(TeamLead(person_id=second.id, side=Side.LABOR, since=NOON))
    db.session.flush()
    handing_over = _invitation(mine, mine.leads[0], f"member@{slug}.example.org", f"{slug}-lead")
    others = _invitation(other, other.leads[-1], f"third@{slug}.example.org", f"{slug}-other-lead")
    act, others_act = _act(mine, slug), _act(other, slug)
    db.session.add_all([handing_over, others, act, others_act])
    db.session.commit()
    named = {"to_lead_id": handing_over.id, "lead_token": f"{slug}-lead", "act_id": act.id}
    return named, {"to_lead_id": others.id, "act_id": others_act.id}


def _invitation(team: Team, leaver: TeamLead, email: str, token: str) -> LeadInvitation:
    return LeadInvitation(
        team_id=team.id,
        side=leaver.side,
        name=email.split("@", maxsplit=1)[0].title(),
        email=email,
        replaces_lead_id=leaver.id,
        digest=digest_of(token),
        invited_by="test",
        invited_at=NOON - timedelta(days=1),
    )


def _act(team: Team, slug: str) -> JointAct:
    return JointAct(
        team_id=team.id,
        act=JointActKind.SUBMIT,
        asked_by=f"second@{slug}.example.org",
        asked_side=Side.COMMUNITY,
        asked_at=NOON,
    )
