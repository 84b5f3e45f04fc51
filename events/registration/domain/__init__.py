"""The rules of registration: who may come, who is missing, what a pasted line means."""

from events.registration.domain.admission import (
    ROSTER_CLOSING,
    SCHOOL_SITE,
    Door,
    admit,
    admitted_in_words,
    check_open,
    check_roster_open,
    check_unit,
    deadline_in_words,
    door_at,
)
from events.registration.domain.composition import Line, LineState, Member, TeamDraft, Verdict
from events.registration.domain.contacts import international, masked, readable
from events.registration.domain.editing import Edit, EditConflict, merged
from events.registration.domain.judging import judge, too_many
from events.registration.domain.leading import (
    ACT_WORDS,
    MOST_LEADS,
    SeatShown,
    TeamShown,
    sides_after,
    sides_beside,
)
from events.registration.domain.names import lost_letters
from events.registration.domain.participants import ParticipantView
from events.registration.domain.places import FOREIGN, countries, place_name, place_names
from events.registration.domain.refusals import (
    HostCancelled,
    NotComplete,
    RegistrationRefused,
    Waitable,
)
from events.registration.domain.roles import (
    check_roles,
    role_of_visitors,
    team_roles,
    visitor_roles,
)
from events.registration.domain.roster import RosterLine, read_roster
from events.registration.domain.stalling import (
    BETWEEN_NUDGES,
    MOST_NUDGES,
    is_daytime,
    nudge_moments,
    nudges_due,
)
from events.registration.domain.waiting import MISSED_AT_MOST, offer_until
from events.registration.domain.wording import all_of

__all__ = [
    "ACT_WORDS",
    "BETWEEN_NUDGES",
    "FOREIGN",
    "MISSED_AT_MOST",
    "MOST_LEADS",
    "MOST_NUDGES",
    "ROSTER_CLOSING",
    "SCHOOL_SITE",
    "Door",
    "Edit",
    "EditConflict",
    "HostCancelled",
    "Line",
    "LineState",
    "Member",
    "NotComplete",
    "ParticipantView",
    "RegistrationRefused",
    "RosterLine",
    "SeatShown",
    "TeamDraft",
    "TeamShown",
    "Verdict",
    "Waitable",
    "admit",
    "admitted_in_words",
    "all_of",
    "check_open",
    "check_roles",
    "check_roster_open",
    "check_unit",
    "countries",
    "deadline_in_words",
    "door_at",
    "international",
    "is_daytime",
    "judge",
    "lost_letters",
    "masked",
    "merged",
    "nudge_moments",
    "nudges_due",
    "offer_until",
    "place_name",
    "place_names",
    "read_roster",
    "readable",
    "role_of_visitors",
    "sides_after",
    "sides_beside",
    "team_roles",
    "too_many",
    "visitor_roles",
]
