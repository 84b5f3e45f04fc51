"""What must be true of everything that events store."""

from collections.abc import Sequence

from consortium.verify.domain import Check
from events.registration.service.invariants import edits, people, places, teams, waiting

LOOSE_ENDS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("answer", "of_id", ("team", "seat")),
    ("application", "team_id", ("team",)),
    ("consent", "institute_id", ("institute",)),
    ("disclosure", "institute_id", ("institute",)),
    ("place_wait", "institute_id", ("institute",)),
    ("seat", "replaces_id", ("seat",)),
    ("stored_file", "uploaded_by", ("person",)),
    ("substitution_request", "institute_id", ("institute",)),
    ("team", "application_id", ("application",)),
)
"""Columns that name a row without a foreign key, and where that row may be."""


def checks() -> Sequence[Check]:
    """Return the checks of registration."""
    return (
        Check(code="I1", words="No pool and no session is oversold.", find=places.oversold),
        Check(
            code="I2",
            words="Nobody waits for more than a minute while there is room.",
            find=waiting.passed_over,
        ),
        Check(
            code="I3",
            words="What is counted as taken is what teams and people hold.",
            find=places.miscounted,
        ),
        Check(code="I4", words="No offer outlives its time.", find=waiting.overdue_offers),
        Check(code="I5", words="No limit is below what is held.", find=places.limited_too_low),
        Check(
            code="I6", words="Who waits has a position of his own.", find=waiting.without_position
        ),
        Check(code="I7", words="A team has all its places or none.", find=places.partly_placed),
        Check(
            code="I8",
            words="A person has one seat, an LEA one team.",
            find=people.seated_twice,
        ),
        Check(
            code="I9", words="What is said of a team's completeness is so.", find=teams.misjudged
        ),
        Check(
            code="I10",
            words="Each edit is in the history, and none was overwritten unseen.",
            find=edits.lost_edits,
        ),
        Check(
            code="I11", words="Each team has a lead, and one of a side.", find=teams.without_lead
        ),
        Check(
            code="I12",
            words="Who gave a seat back has nothing of it any more.",
            find=people.still_holding,
        ),
    )
