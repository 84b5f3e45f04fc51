"""Read the programme's sessions and the cohort's meetings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from consortium.words import say
from events.programmes.domain.dates import moved
from events.programmes.domain.faults import Findings, Place, path_of
from events.programmes.domain.moments import NotAMoment, Said, in_zone, instant, said
from events.programmes.domain.parts import MOST_SESSIONS, missing, read_parts
from events.programmes.domain.shapes import MeetingShape, SessionShape
from events.programmes.domain.zones import read_zone
from events.schedule.domain import SessionSpec
from events.schedule.domain.sessions import kind_in_words

LONGEST = timedelta(hours=16)
LONGEST_STEM = 40  # of the id made for a meeting

Placed = tuple[Place, SessionSpec]


def read_sessions(raw: Mapping[str, Any], zone: ZoneInfo, findings: Findings) -> list[Placed]:
    """Return the sessions and meetings that make sense, each with its place in the file."""
    found: list[Placed] = []
    for place, shape in read_parts(
        SessionShape, raw.get("sessions"), ("sessions",), findings, most=MOST_SESSIONS
    ):
        found.append((place, _spec(shape, place, zone, findings)))
    for place, meeting in _meetings(raw, findings):
        spec = _spec(meeting, place, zone, findings)
        found.append((place, replace(spec, meeting=True)))
    return _with_codes(found, findings)


def _meetings(raw: Mapping[str, Any], findings: Findings) -> Iterator[tuple[Place, MeetingShape]]:
    place = ("cohort_meetings",)
    meetings = raw.get("cohort_meetings")
    for at, shape in read_parts(MeetingShape, meetings, place, findings, most=MOST_SESSIONS):
        both = _both_ends(shape, at, findings) if shape.at else {}
        title = shape.title or str(kind_in_words(shape.kind))
        yield at, shape.model_copy(update={"title": title, **both})


def _both_ends(shape: MeetingShape, place: Place, findings: Findings) -> dict[str, Said]:
    """Read ``at``, which gives start and end in one."""
    ends = shape.at.split("/")
    if len(ends) != 2 or shape.start or shape.end:  # noqa: PLR2004  (a start and an end)
        findings.fault(
            (*place, "at"),
            say("Write start and end with a slash: 2027-10-06T15:30/2027-10-06T17:00."),
        )
        return {}
    try:
        return {"start": said(ends[0].strip()), "end": said(ends[1].strip())}
    except NotAMoment as error:
        findings.fault((*place, "at"), error.sentence)
        return {}


def _spec(shape: SessionShape, place: Place, zone: ZoneInfo, findings: Findings) -> SessionSpec:
    if shape.timezone is not None:
        zone = read_zone(shape.timezone, (*place, "timezone"), findings) or zone
    starts, ends = _times(shape, place, zone, findings)
    extras = {
        name: value
        for name, value in (shape.model_extra or {}).items()
        if not name.endswith("_utc")
    }
    return SessionSpec(
        code=shape.id,
        title=shape.title,
        kind=shape.kind,
        time_zone=zone.key,
        starts=starts,
        ends=ends,
        description=shape.description,
        room=shape.room,
        venue=shape.venue,
        presenters=tuple(shape.presenters),
        facilitators=tuple(shape.facilitators),
        track=shape.track,
        mode=shape.mode,
        online_link=shape.online_link,
        homework=shape.homework,
        audience_roles=tuple(shape.audience_roles) or ("*",),
        audience_sides=tuple(dict.fromkeys(side.value for side in shape.audience_sides)),
        audience_flags=tuple(shape.audience_flags),
        strand=shape.strand,
        cohort=shape.cohort,
        choice_group=shape.choice_group,
        pick=shape.pick,
        same_content=shape.same_content,
        capacity=shape.capacity,
        features=tuple(dict.fromkeys(shape.features)),
        extras=extras,
    )


def _times(
    shape: SessionShape, place: Place, zone: ZoneInfo, findings: Findings
) -> tuple[datetime | None, datetime | None]:
    """Return both wall times; none when the date is not set yet or a fault was noted."""
    if shape.start is None and shape.end is None:
        return None, None
    if shape.start is None or shape.end is None:
        lacking = "start" if shape.start is None else "end"
        findings.fault((*place, lacking), missing(lacking))
        return None, None
    beside = shape.model_extra or {}
    starts = _wall(shape.start, (*place, "start"), zone, findings, beside.get("start_utc"))
    ends = _wall(shape.end, (*place, "end"), zone, findings, beside.get("end_utc"))
    if starts is None or ends is None:
        return None, None
    if ends <= starts or instant(ends, zone) <= instant(starts, zone):
        findings.fault(
            (*place, "end"),
            say(
                "This session ends before it starts: end must be after %(start)s.",
                start=f"{starts:%Y-%m-%dT%H:%M}",
            )
            if ends < starts
            else say(
                "This session ends when it starts: end must be after %(start)s.",
                start=f"{starts:%Y-%m-%dT%H:%M}",
            ),
        )
        return None, None
    if ends - starts > LONGEST:
        findings.warn(
            (*place, "end"),
            say("This session lasts %(hours)s hours.", hours=(ends - starts) // timedelta(hours=1)),
        )
    return starts, ends


def _wall(
    moment: Said, place: Place, zone: ZoneInfo, findings: Findings, utc: object
) -> datetime | None:
    """Return the wall time in the zone; ``utc`` is what the file says in ``start_utc``."""
    if moment.at is None:
        findings.fault(
            place,
            say("The time is missing: write it like %(on)sT09:00.", on=moment.on.isoformat()),
        )
        return None
    beside = _instant_beside(utc)
    try:
        wall = in_zone(moment, zone, first_if=beside)
    except NotAMoment as error:
        findings.fault(place, error.sentence)
        return None
    if moment.offset is not None and wall != moment.wall:
        findings.warn(place, moved(f"{wall:%Y-%m-%dT%H:%M}", zone))
    elif beside is not None and beside != instant(wall, zone):
        findings.warn(
            place,
            say(
                "%(wall)s in %(zone)s is %(utc)s, not what the file has beside it. The wall time "
                "counts.",
                wall=f"{wall:%Y-%m-%dT%H:%M}",
                zone=zone.key,
                utc=f"{instant(wall, zone):%Y-%m-%dT%H:%MZ}",
            ),
        )
    return wall


def _instant_beside(text: object) -> datetime | None:
    """Read the instant that the file gives beside a wall time, if it is one."""
    try:
        moment = said(text) if isinstance(text, str) else None
    except NotAMoment:
        return None
    if moment is None or moment.offset is None:
        return None
    return moment.wall.replace(tzinfo=moment.offset).astimezone(UTC)


def _with_codes(placed: Iterable[Placed], findings: Findings) -> list[Placed]:
    """Give each meeting without an id one; note ids that stand twice."""
    placed = list(placed)
    first: dict[str, Place] = {}
    for place, spec in placed:
        if spec.code and spec.code in first:
            findings.fault(
                (*place, "id"),
                say(
                    "%(earlier)s has the id “%(code)s” already. Give each session its own.",
                    earlier=path_of(first[spec.code]),
                    code=spec.code,
                ),
            )
        elif spec.code:
            first[spec.code] = place
    return [(place, _coded(spec, first, place)) for place, spec in placed]


def _coded(spec: SessionSpec, taken: dict[str, Place], place: Place) -> SessionSpec:
    if spec.code:
        return spec
    stem = "".join(c if c.isalnum() and c.isascii() else "-" for c in spec.kind)
    stem = stem[:LONGEST_STEM].strip("-")
    code = stem or "meeting"
    number = 2
    while code in taken:
        code = f"{stem or 'meeting'}-{number}"
        number += 1
    taken[code] = place
    return replace(spec, code=code)
