"""The programme's sessions: written by coordinators, chosen by people, sent as calendars."""

from events.schedule.service.calendars import (
    cancellation_attachments,
    cancelling,
    dated_event_of,
    dated_events,
    invitation_attachments,
)
from events.schedule.service.choices import (
    choose_session,
    chosen_by,
    drop_session,
    swap_session,
)
from events.schedule.service.ending import note_cancelled, sessions_ahead
from events.schedule.service.sessions import (
    cancel_session,
    change_session,
    codes_of,
    get_session,
    put_session,
    sessions_by_institute,
    sessions_of,
)

__all__ = [
    "cancel_session",
    "cancellation_attachments",
    "cancelling",
    "change_session",
    "choose_session",
    "chosen_by",
    "codes_of",
    "dated_event_of",
    "dated_events",
    "drop_session",
    "get_session",
    "invitation_attachments",
    "note_cancelled",
    "put_session",
    "sessions_ahead",
    "sessions_by_institute",
    "sessions_of",
    "swap_session",
]
