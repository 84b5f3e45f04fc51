"""The rules of a programme: whom a session is for, what is on whose agenda, what times mean."""

from events.schedule.domain.agenda import (
    Agenda,
    Choice,
    Entry,
    Option,
    SwapOffered,
    agenda_of,
    check_choice,
    no_place_left,
)
from events.schedule.domain.audience import (
    NEW_DISTRICT,
    NEW_MEMBER,
    Attendee,
    NotForYou,
    audience_in_words,
    audience_refusal,
)
from events.schedule.domain.programme import (
    Clash,
    Gap,
    Programme,
    ProgrammeDay,
    Slot,
    missing_weeks,
    programme_of,
    room_clashes,
)
from events.schedule.domain.sessions import (
    BESIDE_THE_MEETINGS,
    EVERYONE,
    KINDS,
    ChoiceRefused,
    PlannedSession,
    SessionRefused,
    kind_in_words,
)
from events.schedule.domain.spans import Span, span_of, told_in
from events.schedule.domain.specs import (
    SHOWN_IN_CALENDARS,
    SessionSpec,
    code_for,
    differences,
)
from events.schedule.domain.times import instant_of, local_time

__all__ = [
    "BESIDE_THE_MEETINGS",
    "EVERYONE",
    "KINDS",
    "NEW_DISTRICT",
    "NEW_MEMBER",
    "SHOWN_IN_CALENDARS",
    "Agenda",
    "Attendee",
    "Choice",
    "ChoiceRefused",
    "Clash",
    "Entry",
    "Gap",
    "NotForYou",
    "Option",
    "PlannedSession",
    "Programme",
    "ProgrammeDay",
    "SessionRefused",
    "SessionSpec",
    "Slot",
    "Span",
    "SwapOffered",
    "agenda_of",
    "audience_in_words",
    "audience_refusal",
    "check_choice",
    "code_for",
    "differences",
    "instant_of",
    "kind_in_words",
    "local_time",
    "missing_weeks",
    "no_place_left",
    "programme_of",
    "room_clashes",
    "span_of",
    "told_in",
]
