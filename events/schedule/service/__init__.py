"""The programme's sessions: written by coordinators, chosen by people, sent as calendars."""

from events.schedule.service.calendars import (
    CALENDAR_FILES,
    calendar_files,
    dated_event_of,
    dated_events,
    is_ahead,
    sessions_to_come,
)
from events.schedule.service.choices import (
    choose_session,
    chosen_by,
    drop_session,
    swap_session,
)
from events.schedule.service.ending import note_cancelled, sessions_ahead
from events.schedule.service.leaving import free_holders, release_seat, release_unfit
from events.schedule.service.opening import window_at
from events.schedule.service.promoting import (
    agendas_changed,
    attendees_wanted,
    promote_waiters,
)
from events.schedule.service.sessions import (
    cancel_session,
    change_session,
    codes_of,
    get_session,
    put_session,
    sessions_by_institute,
    sessions_of,
)
from events.schedule.service.waiting import stop_waiting, wait_for_session, waiting_at, waits_of

__all__ = [
    "CALENDAR_FILES",
    "agendas_changed",
    "attendees_wanted",
    "calendar_files",
    "cancel_session",
    "change_session",
    "choose_session",
    "chosen_by",
    "codes_of",
    "dated_event_of",
    "dated_events",
    "drop_session",
    "free_holders",
    "get_session",
    "is_ahead",
    "note_cancelled",
    "promote_waiters",
    "put_session",
    "release_seat",
    "release_unfit",
    "sessions_ahead",
    "sessions_by_institute",
    "sessions_of",
    "sessions_to_come",
    "stop_waiting",
    "swap_session",
    "wait_for_session",
    "waiting_at",
    "waits_of",
    "window_at",
]
