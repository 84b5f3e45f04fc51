"""A calendar file read by the letter of RFC 5545, 5546 and 7986, apart from any library."""

import re
from bisect import bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

OCTETS = 75
LAST_YEAR = 2040
PARAMETER = re.compile(r';([A-Z0-9-]+)=("[^"\x00-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*)')
NAME = re.compile(r"[A-Z0-9-]+")
WALL = re.compile(r"\d{8}T\d{6}")
MOMENT = re.compile(r"\d{8}T\d{6}Z")
OFFSET = re.compile(r"([+-])(\d{2})(\d{2})")
RULE = re.compile(r"FREQ=YEARLY;BYDAY=(-?\d)(MO|TU|WE|TH|FR|SA|SU);BYMONTH=(\d+)")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TEXTS = frozenset({"SUMMARY", "LOCATION", "DESCRIPTION", "UID", "NAME", "X-WR-CALNAME", "PRODID"})
# Name: least, most.
OF_CALENDARS = {
    **dict.fromkeys(("PRODID", "VERSION", "METHOD"), (1, 1)),
    **dict.fromkeys(("CALSCALE", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL"), (0, 1)),
    "X-PUBLISHED-TTL": (0, 1),
}
OF_EVENTS = {
    **dict.fromkeys(("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER"), (1, 1)),
    **dict.fromkeys(("SEQUENCE", "STATUS", "LAST-MODIFIED"), (1, 1)),
    **dict.fromkeys(("LOCATION", "DESCRIPTION", "URL", "CATEGORIES"), (0, 1)),
}
OF_OBSERVANCES = {
    **dict.fromkeys(("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"), (1, 1)),
    **dict.fromkeys(("RRULE", "TZNAME"), (0, 1)),
}


@dataclass(frozen=True)
class Line:
    """A content line: name, parameters, and the value as written."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The words, every escape undone; anything that should be escaped fails."""
        bare = re.sub(r"\\[\\;,nN]", "", self.value)
        assert not re.search(r"[\\;,]", bare), f"not escaped: {self.value!r}"
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass
class Part:
    """A component, such as VEVENT."""

    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)

    def one(self, name: str) -> Line:
        (line,) = (line for line in self.lines if line.name == name)
        return line

    def named(self, name: str) -> list["Part"]:
        return [part for part in self.parts if part.name == name]

    def keep_to(self, allowed: dict[str, tuple[int, int]]) -> None:
        counted = Counter(line.name for line in self.lines)
        assert counted.keys() <= allowed.keys(), f"{self.name} has {counted.keys()}"
        for name, (least, most) in allowed.items():
            assert least <= counted[name] <= most, f"{self.name} has {counted[name]} {name}"


def read_strictly(content: bytes) -> Part:
    """Return the calendar; fail on whatever the standards do not allow."""
    calendar = _tree(_unfolded(content))
    assert calendar.name == "VCALENDAR"
    calendar.keep_to(OF_CALENDARS)
    assert calendar.one("VERSION").value == "2.0"
    zones = {part.one("TZID").value: part for part in calendar.named("VTIMEZONE")}
    assert len(zones) == len(calendar.named("VTIMEZONE"))
    for zone in zones.values():
        zone.keep_to({"TZID": (1, 1)})
        assert zone.parts
        for observance in zone.parts:
            assert observance.name in {"STANDARD", "DAYLIGHT"}
            observance.keep_to(OF_OBSERVANCES)
    used = {_check_event(event, calendar.one("METHOD").value) for event in calendar.named("VEVENT")}
    assert used - {None} == zones.keys()
    _check_method(calendar)
    return calendar


def instants(event: Part, calendar: Part) -> tuple[datetime, datetime]:
    """Return begin and end in UTC, by the zone as the file itself defines it."""
    begin, end = (_instant(event.one(name), calendar) for name in ("DTSTART", "DTEND"))
    return begin, end


def clock_of(zone: Part) -> Callable[[datetime], timedelta]:
    """Return how far clocks are from UTC at any moment, by the file's own definition."""
    onsets = _onsets(zone)
    begins = [at for at, _, _ in onsets]
    offsets = [onsets[0][1], *(after for _, _, after in onsets)]
    return lambda moment: offsets[bisect_right(begins, moment)]


def _unfolded(content: bytes) -> Sequence[str]:
    assert content.endswith(b"\r\n")
    physical = content.removesuffix(b"\r\n").split(b"\r\n")
    for line in physical:
        assert 0 < len(line) <= OCTETS, f"{len(line)} octets"
        assert not set(line) & {*range(9), *range(10, 32), 127}, f"controls in {line!r}"
        line.decode()  # a character is never cut in two
    return b"\r\n".join(physical).replace(b"\r\n ", b"").decode().split("\r\n")


def _tree(lines: Sequence[str]) -> Part:
    root = Part("")
    stack = [root]
    for line in map(_line, lines):
        if line.name == "BEGIN":
            stack.append(Part(line.value))
            stack[-2].parts.append(stack[-1])
        elif line.name == "END":
            assert stack.pop().name == line.value
        else:
            stack[-1].lines.append(line)
    assert stack == [root]
    (whole,) = root.parts
    return whole


def _line(text: str) -> Line:
    name = NAME.match(text)
    assert name, text
    at, parameters = name.end(), {}
    while found := PARAMETER.match(text, at):
        assert found[1] not in parameters
        parameters[found[1]] = found[2].strip('"')
        at = found.end()
    assert text[at : at + 1] == ":", text
    line = Line(name[0], parameters, text[at + 1 :])
    assert line.name not in TEXTS or line.text is not None
    return line


def _check_event(event: Part, method: str) -> str | None:
    event.keep_to(OF_EVENTS | {"ATTENDEE": (0, 0) if method == "PUBLISH" else (1, 1)})
    begin, end = event.one("DTSTART"), event.one("DTEND")
    assert begin.parameters == end.parameters
    zone = begin.parameters.get("TZID")
    for moment in (begin, end):
        assert (WALL if zone else MOMENT).fullmatch(moment.value)
    assert end.value > begin.value
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert MOMENT.fullmatch(event.one(name).value)
    assert int(event.one("SEQUENCE").value) >= 0
    assert event.one("STATUS").value in {"CONFIRMED", "CANCELLED"}
    for name in ("ORGANIZER", "ATTENDEE"):
        for line in event.lines:
            if line.name == name:
                assert re.fullmatch(r"mailto:[!-~]+", line.value)
    return zone


def _check_method(calendar: Part) -> None:
    uids = [event.one("UID").text for event in calendar.named("VEVENT")]
    if calendar.one("METHOD").value == "PUBLISH":
        assert len(set(uids)) == len(uids)
        refresh = calendar.one("REFRESH-INTERVAL")
        assert (refresh.parameters, refresh.value) == ({"VALUE": "DURATION"}, "PT1H")
    else:
        assert len(uids) == 1


def _instant(line: Line, calendar: Part) -> datetime:
    if line.value.endswith("Z"):
        return datetime.strptime(line.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    wall = datetime.strptime(line.value, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    named = line.parameters["TZID"]
    zone = next(z for z in calendar.named("VTIMEZONE") if z.one("TZID").value == named)
    onsets = _onsets(zone)
    begun = [after for at, before, after in onsets if at + before <= wall]
    return wall - (begun[-1] if begun else onsets[0][1])


def _onsets(zone: Part) -> Sequence[tuple[datetime, timedelta, timedelta]]:
    """Return each change of the clocks: when, and the offsets before and after it."""
    found = []
    for observance in zone.parts:
        before, after = (_offset(observance.one(n).value) for n in ("TZOFFSETFROM", "TZOFFSETTO"))
        found += [(wall - before, before, after) for wall in _walls(observance)]
    return sorted(found)


def _walls(observance: Part) -> Iterator[datetime]:
    assert not observance.one("DTSTART").parameters
    first = datetime.strptime(observance.one("DTSTART").value, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    yield first
    if not any(line.name == "RRULE" for line in observance.lines):
        return
    rule = RULE.fullmatch(observance.one("RRULE").value)
    assert rule
    week, weekday, month = int(rule[1]), WEEKDAYS.index(rule[2]), int(rule[3])
    days = [_day(year, month, week, weekday) for year in range(first.year, LAST_YEAR)]
    assert (first.month, first.day) == (month, days[0]), "the rule leaves its own beginning out"
    for year, day in zip(range(first.year + 1, LAST_YEAR), days[1:], strict=True):
        yield first.replace(year=year, day=day)


def _day(year: int, month: int, week: int, weekday: int) -> int:
    first, days = monthrange(year, month)
    fitting = [day for day in range(1, days + 1) if (first + day - 1) % 7 == weekday]
    return fitting[week - 1] if week > 0 else fitting[week]


def _offset(text: str) -> timedelta:
    found = OFFSET.fullmatch(text)
    assert found, text
    size = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return size if found[1] == "+" else -size
