"""Read calendar files that programs elsewhere wrote: answers to invitations, for the most part."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Component

from consortium.ports import SaidOfEvent

MOST_EVENTS = 100
LONGEST_TEXT = 2000
MAILTO = "mailto:"
STUMBLES = (
    ArithmeticError,  # moments before the year 1
    AttributeError,
    LookupError,
    OSError,  # a zone whose name is a folder of the zones
    RecursionError,  # components in components in components
    TypeError,
    ValueError,
)
"""How the parser stumbles over what is no calendar; to us all are the same."""


def said_in(content: bytes) -> Sequence[SaidOfEvent]:
    """Return what the file says of its events; raise ``ValueError`` for what is no such file."""
    try:
        calendars = Calendar.from_ical(content.decode("utf-8-sig", "replace"), multiple=True)
        return [said for calendar in calendars for said in _events_of(calendar)][:MOST_EVENTS]
    except STUMBLES as error:
        raise ValueError(f"no calendar file: {type(error).__name__}") from error


def _events_of(calendar: Component) -> Iterator[SaidOfEvent]:
    if calendar.name != "VCALENDAR":
        return
    method = _text(calendar.get("METHOD")).upper()
    for event in calendar.walk("VEVENT"):
        yield SaidOfEvent(
            method=method,
            uid=_text(event.get("UID")),
            sequence=_number(event.get("SEQUENCE")),
            organizer=_address(event.get("ORGANIZER")),
            attendees=tuple(
                (_address(one), _parameter(one, "PARTSTAT").upper() or "NEEDS-ACTION")
                for one in _several(event.get("ATTENDEE"))
            ),
            stamp=_moment(event.get("DTSTAMP")),
            comment=" ".join(_text(one) for one in _several(event.get("COMMENT"))),
        )


def _several(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def _text(value: Any) -> str:
    """Return a property's text; of several, the last one, which is none of ours anyway."""
    values = _several(value)
    text = str(values[-1]) if values else ""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain.strip()[:LONGEST_TEXT]


def _address(value: Any) -> str:
    text = _text(value)
    return text[len(MAILTO) :].strip() if text.lower().startswith(MAILTO) else text


def _parameter(value: Any, name: str) -> str:
    found = getattr(value, "params", {}).get(name, "")
    return str(found[-1] if isinstance(found, list) and found else found)


def _number(value: Any) -> int:
    text = _text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004


def _moment(value: Any) -> datetime | None:
    found = getattr(_several(value)[-1], "dt", None) if value is not None else None
    if not isinstance(found, datetime):
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
