"""iCalendar, behind the ``CalendarWriter`` port. No other package imports ``icalendar``."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vText
from icalendar.parser import Contentline

from consortium.adapters.icalendar_writer.reading import said_in
from consortium.adapters.icalendar_writer.zones import zone_definition
from consortium.ports import DatedEvent, Mailbox, Method, SaidOfEvent

PRODUCT = "-//Consortium//Institutes and learning cohorts//EN"
REFRESH = timedelta(hours=1)
END = b"END:VCALENDAR\r\n"
ORGANIZER = b"\r\nORGANIZER"  # a folded line goes on with a space, so this begins a property
ALWAYS_KNOWN = frozenset({"UTC", "Etc/UTC"})  # written with a Z; they need no definition
LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
LONE_SURROGATES = re.compile("[\ud800-\udfff]")
# A quotation mark would end a parameter, readers disagree on RFC 6868's carets, and some take
# a backslash for the beginning of an escape that swallows the next parameter.
IN_PARAMETERS = str.maketrans({'"': "'", "\\": "/", "^": None})
# Reserved characters of RFC 3986 and the percent sign: an address that is right stays as it is.
OF_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"


class IcalendarWriter:
    """Writes RFC 5545 files that Outlook, Google, Apple and Thunderbird read alike.

    No text, however it was made, can add a property of its own: what calendars cannot carry
    is replaced, never passed on, so that one bad title does not break a whole feed.
    """

    def write(
        self,
        events: Sequence[DatedEvent],
        *,
        name: str = "",
        method: Method = Method.PUBLISH,
        organizer: Mailbox | None = None,
        attendee: Mailbox | None = None,
    ) -> bytes:
        """Return the file; the same events make the same bytes.

        A PUBLISH never carries an attendee. REQUEST and CANCEL need organizer and attendee and
        speak of one UID only (RFC 5546); anything else raises ``ValueError``.
        """
        if method is not Method.PUBLISH:
            _check_message(events, organizer, attendee)
        if method is Method.PUBLISH:
            written = [_published(event, organizer) for event in events]
        else:
            line = b"" if attendee is None else _line_of(attendee)
            written = [_message(event, organizer, line, method) for event in events]
        return b"".join([_head(name, method), *_zones(events), *written, END])

    def read(self, content: bytes) -> Sequence[SaidOfEvent]:
        """Return what a file from elsewhere says of its events.

        Raises ``ValueError`` for what is no calendar file, whatever is wrong with it.
        """
        return said_in(content)


@lru_cache(maxsize=256)
def _head(name: str, method: Method) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    if name:
        for called in ("name", "x-wr-calname"):
            calendar.add(called, vText(_line(name)))  # icalendar takes neither for a text
    if method is Method.PUBLISH:
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    written: bytes = calendar.to_ical()
    return written.removesuffix(END)


def _check_message(
    events: Sequence[DatedEvent], organizer: Mailbox | None, attendee: Mailbox | None
) -> None:
    if organizer is None or attendee is None:
        raise ValueError("an invitation needs both organizer and attendee")
    if len({event.uid for event in events}) != 1:
        raise ValueError("an invitation speaks of one UID")


@lru_cache(maxsize=4096)
def _published(dated: DatedEvent, organizer: Mailbox | None) -> bytes:
    """Write an event of a feed, which is asked for far more often than it changes."""
    return _event(dated, organizer, Method.PUBLISH)


def _message(
    dated: DatedEvent, organizer: Mailbox | None, attendee: bytes, method: Method
) -> bytes:
    """Write an event to one attendee; thousands may get the same one, with their own address."""
    written = _unaddressed(dated, organizer, method)
    return written.replace(ORGANIZER, attendee + ORGANIZER, 1)


@lru_cache(maxsize=256)
def _line_of(attendee: Mailbox) -> bytes:
    """Write the property once for all that one person is sent."""
    invited = _invited(attendee)
    line: bytes = Contentline.from_parts("ATTENDEE", invited.params, invited).to_ical()
    return b"\r\n" + line


@lru_cache(maxsize=256)
def _unaddressed(dated: DatedEvent, organizer: Mailbox | None, method: Method) -> bytes:
    return _event(dated, organizer, method)


def _event(dated: DatedEvent, organizer: Mailbox | None, method: Method) -> bytes:
    # RFC 5546, 3.2.5, has no STATUS in a CANCEL that leaves the event to others. Nobody else is in
    # ours: what one person is told is an event of its own, and programs go by this line.
    cancelled = dated.cancelled or method is Method.CANCEL
    # When it changed, and not when it was written down: a mail that is tried again is the same.
    changed_at = dated.changed_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", _line(dated.uid))
    event.add("sequence", dated.sequence)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    for name, moment in (("dtstart", dated.starts), ("dtend", dated.ends)):
        event.add(name, *_wall(moment, dated.time_zone))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", _line(dated.summary))
    if dated.location:
        event.add("location", _line(dated.location))
    if dated.description:
        event.add("description", _text(dated.description))
    if dated.url:
        event.add("url", _uri(dated.url))
    if dated.categories:
        event.add("categories", [_line(category) for category in dated.categories])
    if organizer is not None:
        event.add("organizer", _address(organizer))
    written: bytes = event.to_ical()
    return written


def _wall(moment: datetime, zone: str) -> tuple[datetime, dict[str, str]]:
    if moment.tzinfo is not None:
        raise ValueError(f"{moment!r} is no wall time")
    if zone in ALWAYS_KNOWN:
        return moment.replace(tzinfo=UTC), {}
    return moment, {"TZID": zone}  # told, since icalendar takes some zones for UTC


def _zones(events: Sequence[DatedEvent]) -> Iterator[bytes]:
    years: dict[str, set[int]] = {}
    for event in events:
        years.setdefault(event.time_zone, set()).update({event.starts.year, event.ends.year})
    for zone in sorted(years.keys() - ALWAYS_KNOWN):
        yield zone_definition(zone, min(years[zone]), max(years[zone]))


def _address(mailbox: Mailbox) -> vCalAddress:
    address = vCalAddress("mailto:" + _uri(mailbox.email))
    if mailbox.name:
        address.params["CN"] = _line(mailbox.name).translate(IN_PARAMETERS)
    return address


def _invited(attendee: Mailbox) -> vCalAddress:
    address = _address(attendee)
    address.params["CUTYPE"] = "INDIVIDUAL"
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = attendee.answer or "NEEDS-ACTION"
    address.params["RSVP"] = "TRUE"
    return address


def _text(text: str) -> str:
    """Return the text with plain line feeds and without what calendar files cannot carry."""
    lines = LINE_ENDS.sub("\n", text)
    return LONE_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", CONTROLS.sub("", lines))


def _line(text: str) -> str:
    """Return the text on one line."""
    return " ".join(_text(text).split())


def _uri(address: str) -> str:
    """Return the address in plain ASCII, everything unusual percent-encoded."""
    return quote(address, safe=OF_ADDRESSES, errors="replace")
