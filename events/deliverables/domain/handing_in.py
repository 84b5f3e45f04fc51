"""Who hands something in for a team, and who may take it back."""

from uuid import UUID

from events.deliverables.domain.agreeing import TeamFacts
from events.deliverables.domain.specs import DeliverableSpec


def may_hand_in(asked: DeliverableSpec, team: TeamFacts, person_id: UUID | None) -> bool:
    """Tell whether this person uploads for the team: a lead, or a member where the host lets them.

    Members are those who confirmed their seats.
    """
    if person_id is None:
        return False
    sits = any(person_id in people for people in team.roles.values())
    return person_id in team.leads or (asked.by_members and sits)


def may_take_back(
    asked: DeliverableSpec, team: TeamFacts, person_id: UUID | None, *, own: bool
) -> bool:
    """Tell whether this person takes a version back: leads any, members only their ``own``."""
    return may_hand_in(asked, team, person_id) and (own or person_id in team.leads)
