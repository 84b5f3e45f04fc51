"""The programme's sessions: written by coordinators, chosen by people, sent as calendars."""

from events.schedule.service.announcing import (
    agendas_changed,
    note_own_choice,
    withdraw_news,
)
from events.schedule.service.calendars import (
    CALENDAR_FILES,
    calendar_files,
    dated_event_of,
    dated_events,
    is_ahead,
    sessions_to_come,
)
from events.schedule.service.choices import (
    choices_of,
    choose_session,
    chosen_by,
    drop_session,
    swap_session,
)
from events.schedule.service.crowds import (
    all_attendees_wanted,
    clash_keys,
    clashes_at,
    crowd_at,
)
from events.schedule.service.drafting import (
    add_session,
    drop_draft,
    edit_session,
    hold_programme_back,
    is_public,
    plan_cancelling,
    plan_holding,
    waits,
)
from events.schedule.service.ending import note_cancelled, sessions_ahead
from events.schedule.service.leaving import free_holders, release_seat, release_unfit
from events.schedule.service.opening import window_at
from events.schedule.service.places import (
    KnownNames,
    get_presenter,
    get_room,
    get_venue,
    known_names,
    presenters_of,
    room_specs,
    rooms_of,
    uses_of,
    venues_of,
)
from events.schedule.service.placing import place_person
from events.schedule.service.promoting import attendees_wanted, promote_waiters
from events.schedule.service.publishing import (
    ClashesLeft,
    note_first_programme,
    pending,
    people_touched,
    publish_programme,
    take_drafts_over,
)
from events.schedule.service.reading import Written, planned_of, written_of
from events.schedule.service.releases import (
    last_release_of,
    programme_changed,
    record_release,
    releases_of,
)
from events.schedule.service.rooms import put_presenter, put_room, put_venue, remove
from events.schedule.service.sessions import (
    cancel_session,
    change_session,
    codes_by_id,
    codes_of,
    every_session_of,
    get_session,
    put_session,
    sessions_by_institute,
    sessions_of,
)
from events.schedule.service.settling import settle_places
from events.schedule.service.turns import hold_sessions
from events.schedule.service.waiting import stop_waiting, wait_for_session, waiting_at, waits_of

__all__ = [
    "CALENDAR_FILES",
    "ClashesLeft",
    "KnownNames",
    "Written",
    "add_session",
    "agendas_changed",
    "all_attendees_wanted",
    "attendees_wanted",
    "calendar_files",
    "cancel_session",
    "change_session",
    "choices_of",
    "choose_session",
    "chosen_by",
    "clash_keys",
    "clashes_at",
    "codes_by_id",
    "codes_of",
    "crowd_at",
    "dated_event_of",
    "dated_events",
    "drop_draft",
    "drop_session",
    "edit_session",
    "every_session_of",
    "free_holders",
    "get_presenter",
    "get_room",
    "get_session",
    "get_venue",
    "hold_programme_back",
    "hold_sessions",
    "is_ahead",
    "is_public",
    "known_names",
    "last_release_of",
    "note_cancelled",
    "note_first_programme",
    "note_own_choice",
    "pending",
    "people_touched",
    "place_person",
    "plan_cancelling",
    "plan_holding",
    "planned_of",
    "presenters_of",
    "programme_changed",
    "promote_waiters",
    "publish_programme",
    "put_presenter",
    "put_room",
    "put_session",
    "put_venue",
    "record_release",
    "release_seat",
    "release_unfit",
    "releases_of",
    "remove",
    "room_specs",
    "rooms_of",
    "sessions_ahead",
    "sessions_by_institute",
    "sessions_of",
    "sessions_to_come",
    "settle_places",
    "stop_waiting",
    "swap_session",
    "take_drafts_over",
    "uses_of",
    "venues_of",
    "wait_for_session",
    "waiting_at",
    "waits",
    "waits_of",
    "window_at",
    "withdraw_news",
    "written_of",
]
