"""libical, the library of Evolution and others, called by ctypes."""

import ctypes
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tests.judges import Judged

NAME = "libical.so.3"


class Moment(ctypes.Structure):
    """``struct icaltimetype``."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


class Libical:
    """The few calls that a judge needs."""

    def __init__(self) -> None:
        """Load the library. Raises ``OSError`` where it is not."""
        lib = self._lib = ctypes.CDLL(NAME)
        text, thing, kind = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int
        for name, result, *arguments in (
            ("icalparser_parse_string", thing, text),
            ("icalrestriction_check", ctypes.c_int, thing),
            ("icalcomponent_count_errors", ctypes.c_int, thing),
            ("icalcomponent_string_to_kind", kind, text),
            ("icalproperty_string_to_kind", kind, text),
            ("icalcomponent_get_first_component", thing, thing, kind),
            ("icalcomponent_get_next_component", thing, thing, kind),
            ("icalcomponent_get_first_property", thing, thing, kind),
            ("icalcomponent_count_properties", ctypes.c_int, thing, kind),
            ("icalproperty_get_value_as_string", text, thing),
            ("icalcomponent_get_uid", text, thing),
            ("icalcomponent_get_summary", text, thing),
            ("icalcomponent_get_sequence", ctypes.c_int, thing),
            ("icalcomponent_get_dtstart", Moment, thing),
            ("icalcomponent_get_dtend", Moment, thing),
            ("icaltime_as_timet_with_zone", ctypes.c_long, Moment, thing),
            ("icalcomponent_free", None, thing),
        ):
            call = getattr(lib, name)
            call.restype, call.argtypes = result, list(arguments)

    def read(self, content: bytes) -> list[Judged]:
        """Return the events of a file that breaks no rule of iCalendar and iTIP; else fail."""
        lib = self._lib
        calendar = lib.icalparser_parse_string(content)
        assert calendar, "libical reads no calendar in it"
        try:
            assert lib.icalcomponent_count_errors(calendar) == 0, "libical finds faults in its text"
            assert lib.icalrestriction_check(calendar) == 1, "it breaks a rule of iTIP"
            method = self._value(calendar, b"METHOD")
            return [self._judged(event, method) for event in self._events(calendar)]
        finally:
            lib.icalcomponent_free(calendar)

    def _events(self, calendar: Any) -> Iterator[Any]:
        kind = self._lib.icalcomponent_string_to_kind(b"VEVENT")
        event = self._lib.icalcomponent_get_first_component(calendar, kind)
        while event:
            yield event
            event = self._lib.icalcomponent_get_next_component(calendar, kind)

    def _judged(self, event: Any, method: str) -> Judged:
        lib = self._lib
        anything = lib.icalproperty_string_to_kind(b"ANY")
        return Judged(
            method=method,
            uid=lib.icalcomponent_get_uid(event).decode(),
            sequence=lib.icalcomponent_get_sequence(event),
            status=self._value(event, b"STATUS"),
            summary=lib.icalcomponent_get_summary(event).decode(),
            starts=self._instant(lib.icalcomponent_get_dtstart(event)),
            ends=self._instant(lib.icalcomponent_get_dtend(event)),
            properties=lib.icalcomponent_count_properties(event, anything),
        )

    def _instant(self, moment: Moment) -> datetime:
        assert moment.zone, "libical knows no zone for this time"
        seconds = self._lib.icaltime_as_timet_with_zone(moment, moment.zone)
        return datetime.fromtimestamp(seconds, UTC)

    def _value(self, component: Any, name: bytes) -> str:
        kind = self._lib.icalproperty_string_to_kind(name)
        found = self._lib.icalcomponent_get_first_property(component, kind)
        return self._lib.icalproperty_get_value_as_string(found).decode() if found else ""


def find() -> Libical | None:
    """Return the library, or ``None`` where it is not."""
    try:
        return Libical()
    except OSError:
        return None
