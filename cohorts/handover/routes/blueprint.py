"""What every page of a hand-over starts from."""

from typing import Any

from flask import Blueprint, g

from cohorts.handover.domain.risk import REASON_WORDS
from cohorts.handover.models import StepKind, StepOutcome
from cohorts.learning.domain.partners import TABLE_SIDE_WORDS
from cohorts.structures.domain.kinds import CADENCE_WORDS
from cohorts.structures.routes.blueprint import ADDRESS, reader
from consortium.access import Permission
from consortium.people.domain import SIDE_WORDS
from consortium.words import say
from events.facade.leaving import Editor

bp = Blueprint("handover", __name__)
DEPARTURE = f"{ADDRESS}/departures/<uuid:departure_id>"
SEAT_WORDS = {
    StepOutcome.GIVEN: say("The successor is asked to confirm the seat."),
    StepOutcome.KEPT: say("The seat waits for whoever follows."),
    StepOutcome.ENDED: say("The seat ended."),
    StepOutcome.ASKED: say("Somebody else has to agree; they have a mail."),
    StepOutcome.WAITS: say("Waits for the host."),
    StepOutcome.RESTORED: say("They have the seat again, or are asked to confirm it."),
}
LEAD_WORDS = {
    StepOutcome.GIVEN: say("The successor leads the team now."),
    StepOutcome.KEPT: say("The other lead goes on alone."),
    StepOutcome.ENDED: say("The other lead goes on alone."),
    StepOutcome.ASKED: say("The successor is asked to lead the team."),
    StepOutcome.WAITS: say("Waits for the host."),
    StepOutcome.RESTORED: say("They lead the team again."),
}

__all__ = ["ADDRESS", "DEPARTURE", "bp", "editor", "reader"]


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "reasons": REASON_WORDS,
        "table_sides": TABLE_SIDE_WORDS,
        "sides": SIDE_WORDS,
        "cadences": CADENCE_WORDS,
        "outcome_words": {StepKind.SEAT: SEAT_WORDS, StepKind.LEAD: LEAD_WORDS},
    }


def editor() -> Editor:
    """Return who acts, as registration knows editors of teams."""
    return Editor(
        email=g.identity.email,
        person_id=g.person.id if g.person else None,
        coordinates=Permission.MANAGE_TEAMS in g.permissions,
    )
