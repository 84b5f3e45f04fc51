"""The mails of registration."""

from events.registration.emails.leads import act_answered, asks_agreement
from events.registration.emails.members import confirmed, declined, invitation, released
from events.registration.emails.parts import role_labels
from events.registration.emails.teams import (
    asked,
    asking,
    registered,
    turned_away,
    waitlisted,
)

__all__ = [
    "act_answered",
    "asked",
    "asking",
    "asks_agreement",
    "confirmed",
    "declined",
    "invitation",
    "registered",
    "released",
    "role_labels",
    "turned_away",
    "waitlisted",
]
