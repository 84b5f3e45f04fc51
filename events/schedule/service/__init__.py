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
    "agendas_changed",
    "attendees_wanted",
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
    "free_holders",
    "get_session",
    "invitation_attachments",
    "note_cancelled",
    "promote_waiters",
    "put_session",
    "release_seat",
    "release_unfit",
    "sessions_ahead",
    "sessions_by_institute",
    "sessions_of",
    "stop_waiting",
    "swap_session",
    "wait_for_session",
    "waiting_at",
    "waits_of",
    "window_at",
]
