"""The mails of registration."""

from events.registration.emails.cancelled import cancelled
from events.registration.emails.leads import (
    act_answered,
    asks_agreement,
    lead_answered,
    lead_appointed,
    lead_invitation,
    lead_left,
)
from events.registration.emails.members import (
    confirmed,
    declined,
    given_back,
    invitation,
    released,
)
from events.registration.emails.parts import role_labels
from events.registration.emails.substitutions import wish_asked, wish_decided
from events.registration.emails.teams import (
    asked,
    asking,
    nudge,
    registered,
    turned_away,
    waitlisted,
)
from events.registration.emails.waiting import off_the_waitlist, offered, place_given

__all__ = [
    "act_answered",
    "asked",
    "asking",
    "asks_agreement",
    "cancelled",
    "confirmed",
    "declined",
    "given_back",
    "invitation",
    "lead_answered",
    "lead_appointed",
    "lead_invitation",
    "lead_left",
    "nudge",
    "off_the_waitlist",
    "offered",
    "place_given",
    "registered",
    "released",
    "role_labels",
    "turned_away",
    "waitlisted",
    "wish_asked",
    "wish_decided",
]
