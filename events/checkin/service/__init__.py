"""Check-in: badges, desks that work offline, who is there, and since when."""

from events.checkin.service.arriving import MeanwhileElsewhere
from events.checkin.service.attending import session_stays_of, stays_of
from events.checkin.service.correcting import (
    Correction,
    Record,
    change,
    not_counted,
    record_of,
    strike,
    whose_scan,
    write_down,
)
from events.checkin.service.counting import LiveCounts, counts_on, nearest, today_at
from events.checkin.service.days import days_of
from events.checkin.service.desks import (
    CheckInRefused,
    Doors,
    check_walk_ins,
    choose_doors,
    doors_of,
)
from events.checkin.service.expected import guests_of, own_badge, own_check_in
from events.checkin.service.kiosks import (
    Welcome,
    come_by_code,
    come_by_name,
    end_kiosk,
    get_kiosk,
    kiosks_of,
    start_kiosk,
)
from events.checkin.service.printing import (
    NothingToPrint,
    Wanted,
    Which,
    get_print,
    new_since,
    print_badges,
    printings_of,
)
from events.checkin.service.rosters import changes_since, roster_of, sessions_on
from events.checkin.service.scanning import take_in, undo_last
from events.checkin.service.walking_in import walk_in

__all__ = [
    "CheckInRefused",
    "Correction",
    "Doors",
    "LiveCounts",
    "MeanwhileElsewhere",
    "NothingToPrint",
    "Record",
    "Wanted",
    "Welcome",
    "Which",
    "change",
    "changes_since",
    "check_walk_ins",
    "choose_doors",
    "come_by_code",
    "come_by_name",
    "counts_on",
    "days_of",
    "doors_of",
    "end_kiosk",
    "get_kiosk",
    "get_print",
    "guests_of",
    "kiosks_of",
    "nearest",
    "new_since",
    "not_counted",
    "own_badge",
    "own_check_in",
    "print_badges",
    "printings_of",
    "record_of",
    "roster_of",
    "session_stays_of",
    "sessions_on",
    "start_kiosk",
    "stays_of",
    "strike",
    "take_in",
    "today_at",
    "undo_last",
    "walk_in",
    "whose_scan",
    "write_down",
]
