"""What the leads of both sides submit together: the team itself, its waiting, its accepting."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from consortium.words import say
from events.institutes.domain import JointActKind
from events.registration.domain import ACT_WORDS
from events.registration.models import Team
from events.registration.service.finding import Editor
from events.registration.service.joint import performs
from events.registration.service.offers import OFFERED_UNTIL, accept_offer
from events.registration.service.submission import (
    OR_WAIT,
    SEATS_WANTED,
    WAITS,
    join_waitlist,
    submit_team,
)


def _in_words(_team: Team, payload: Mapping[str, Any]) -> str:
    if OFFERED_UNTIL in payload:
        return say("accept the places offered")
    if payload.get(WAITS):
        return say("put the team on the waitlist")
    return ACT_WORDS[JointActKind.SUBMIT]


@performs(JointActKind.SUBMIT, words=_in_words)
def submit_as_agreed(team_id: UUID, payload: Mapping[str, Any], editor: Editor) -> Team:
    """Do what both leads agreed to. Raises whatever the act itself raises."""
    if OFFERED_UNTIL in payload:
        return accept_offer(team_id, editor)
    if payload.get(WAITS):
        return join_waitlist(team_id, editor, seats_wanted=payload.get(SEATS_WANTED))
    return submit_team(team_id, editor, or_wait=bool(payload.get(OR_WAIT)))
