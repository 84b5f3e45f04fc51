"""Calendar files as the writer makes them, and what parsers read in them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import vobject
from icalendar import Calendar

from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.ports import DatedEvent, Mailbox

write = IcalendarWriter().write
HOST = Mailbox(name="Lakeshore Partnership", email="hello@lakeshore.example.org")
GUEST = Mailbox(name="Ana O'Brien", email="ana@district.example.org")


def an_event(**values: Any) -> DatedEvent:
    return DatedEvent(
        **{
            "uid": "d1-key@consortium",
            "sequence": 2,
            "summary": "Keynote",
            "starts": datetime(2017, 6, 20, 9, 0),
            "ends": datetime(2017, 6, 20, 10, 15),
            "time_zone": "America/Los_Angeles",
            "changed_at": datetime(2017, 5, 1, 16, 0, 30, 123456, tzinfo=UTC),
            **values,
        }
    )


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def read(content: bytes) -> Sequence[Any]:
    return Calendar.from_ical(content).events


def begins(content: bytes) -> list[datetime]:
    return [
        read(content)[0].start.astimezone(UTC),
        vobject.readOne(content.decode()).vevent.dtstart.value.astimezone(UTC),
    ]


def zone_part(content: bytes) -> bytes:
    begin, end = b"BEGIN:VTIMEZONE", b"END:VTIMEZONE"
    return begin + content.split(begin)[1].split(end)[0] + end
