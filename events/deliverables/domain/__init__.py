"""What teams hand in: rules over plain values."""

from events.deliverables.domain.agreeing import (
    NO_OTHER_LEAD,
    Party,
    TeamFacts,
    parties_of,
    still_to_agree,
    who_agrees,
)
from events.deliverables.domain.handing_in import may_hand_in, may_take_back
from events.deliverables.domain.kinds import FILE_GROUPS, kinds_of_files
from events.deliverables.domain.specs import (
    BEFORE,
    DeliverableRefused,
    DeliverableSpec,
    HandingInRefused,
)
from events.deliverables.domain.standing import (
    STANDINGS,
    Door,
    Paper,
    Review,
    Standing,
    Tally,
    counted_of,
    door_of,
    standing_of,
    waiting_of,
)
from events.deliverables.domain.teams import AskedTeam, LeadContact

__all__ = [
    "BEFORE",
    "FILE_GROUPS",
    "NO_OTHER_LEAD",
    "STANDINGS",
    "AskedTeam",
    "DeliverableRefused",
    "DeliverableSpec",
    "Door",
    "HandingInRefused",
    "LeadContact",
    "Paper",
    "Party",
    "Review",
    "Standing",
    "Tally",
    "TeamFacts",
    "counted_of",
    "door_of",
    "kinds_of_files",
    "may_hand_in",
    "may_take_back",
    "parties_of",
    "standing_of",
    "still_to_agree",
    "waiting_of",
    "who_agrees",
]
