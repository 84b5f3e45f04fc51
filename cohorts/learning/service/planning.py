"""Plan a cohort's meetings: series, houses, snow dates, gaps, recordings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from holidays import country_holidays
from sqlalchemy import select

from cohorts.learning.domain.series import (
    Cadence,
    SeriesDay,
    SeriesRefused,
    Span,
    series,
)
from cohorts.learning.models import House, MeetingFacts, MeetingGap
from cohorts.learning.service.year import gaps_of
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Conflict, NotFound
from consortium.words import say
from events import facade as events
from events.facade import meetings as facade
from events.facade.meetings import MeetingView, SessionSpec


@dataclass(frozen=True, kw_only=True)
class Series:
    """A series of meetings as a host wants it."""

    title: str
    """Each meeting's title is this and its number."""
    cadence: Cadence
    first: date | None
    """The first meeting's day; ``None``: no dates yet, only how many."""
    meetings: int
    begins: time
    ends: time
    state: str = ""
    """USPS code of the state whose holidays nobody meets on; empty: holidays do not matter."""
    group: str = ""
    mode: str = ""
    link: str = ""
    homework: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a host says of a meeting beyond the programme."""

    house: House | None = None
    house_name: str = ""
    snow_starts: datetime | None = None
    snow_ends: datetime | None = None
    recording_url: str = ""


def days_of_series(institute_id: UUID, wanted: Series) -> list[SeriesDay]:
    """Return the days on which a series would meet, with those left out and why.

    Raises ``SeriesRefused``.
    """
    if wanted.first is None:
        return []
    years = range(wanted.first.year, min(wanted.first.year + 3, date.max.year))
    return series(
        wanted.first,
        wanted.cadence,
        wanted.meetings,
        holidays=_holidays(wanted.state, years),
        gaps=gaps_of(institute_id),
    )


def plan_series(institute_id: UUID, wanted: Series, *, by: str) -> list[MeetingView]:
    """Plan a series of meetings; people see them with the next publishing of the programme.

    Without a first day they have no dates yet and stand on the programme as still to be set.
    Raises ``SeriesRefused`` for a series that cannot be, and ``SessionRefused`` for a time that a
    clock change leaves out on one of its nights. Flushes.
    """
    if wanted.ends <= wanted.begins:
        raise SeriesRefused(say("A meeting must end after it begins."), field="ends")
    days: list[date | None] = [
        day.on for day in days_of_series(institute_id, wanted) if not day.left_out
    ]
    if wanted.first is None:
        if not 1 <= wanted.meetings <= 60:  # noqa: PLR2004  (as series says)
            raise SeriesRefused(say("Plan between 1 and 60 meetings at once."), field="meetings")
        days = [None] * wanted.meetings
    institute = events.institute_with(institute_id)
    taken = set(facade.codes_at(institute_id))
    specs = []
    for number, day in enumerate(days, start=_next_number(institute_id, wanted)):
        code = _code(wanted, number, taken)
        taken.add(code)
        specs.append(_spec(wanted, number, day, code, institute.time_zone))
    return facade.add_meetings(institute_id, specs, by=by)


def put_facts(institute_id: UUID, code: str, said: Facts, *, version: int, by: str) -> MeetingFacts:
    """Keep whose house a meeting is in, its snow date and its recording.

    Raises ``Conflict`` when someone changed them since ``version`` (0: there were none),
    ``NotFound``, and ``SeriesRefused`` for a snow date before the meeting or out of order.
    """
    meeting = facade.meeting_at(institute_id, code, drafts=True)
    _check_snow(meeting, said)
    facts = _held_facts(meeting.id)
    if (facts.version if facts else 0) != version:
        raise Conflict(say("Someone changed this meeting while you were at it. Look again."))
    if facts is None:
        facts = MeetingFacts(institute_id=institute_id, session_id=meeting.id, version=0)
        db.session.add(facts)
    facts.house = said.house
    facts.house_name = said.house_name
    facts.snow_starts, facts.snow_ends = said.snow_starts, said.snow_ends
    facts.recording_url = said.recording_url
    facts.version += 1
    db.session.flush()
    audit.record(
        "put_facts",
        f"session:{meeting.id}",
        by=by,
        after={
            "house": said.house.value if said.house else "",
            "house_name": said.house_name,
            "snow_date": said.snow_starts.isoformat() if said.snow_starts else "",
            "recording": bool(said.recording_url),
        },
    )
    return facts


def hold_on_snow_date(institute_id: UUID, code: str, *, version: int, by: str) -> MeetingView:
    """Hold a meeting on its snow date, now and for everybody: same UID, raised sequence.

    Only the people of the meeting are told. Raises ``SeriesRefused`` where it has no snow date,
    and as ``move_meeting`` does.
    """
    meeting = facade.meeting_at(institute_id, code, drafts=True)
    facts = _held_facts(meeting.id)
    if facts is None or facts.snow_starts is None or facts.snow_ends is None:
        raise SeriesRefused(say("This meeting has no snow date. Move it on the programme."))
    starts, ends = facts.snow_starts, facts.snow_ends
    facts.snow_starts = facts.snow_ends = None
    facts.version += 1
    return facade.move_meeting(
        institute_id,
        code,
        starts=starts,
        ends=ends,
        version=version,
        by=by,
        note=str(say("Bad weather: the meeting is held on its snow date.")),
    )


def add_gap(institute_id: UUID, gap: Span, *, by: str) -> MeetingGap:
    """Name days on which the cohort does not meet, shown in its calendar and left out of series.

    Raises ``SeriesRefused`` where the last day is before the first.
    """
    events.institute_with(institute_id)
    if gap.last < gap.first:
        raise SeriesRefused(say("The last day must not be before the first."), field="last")
    row = MeetingGap(
        institute_id=institute_id, name=gap.name, first_day=gap.first, last_day=gap.last
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        "add_gap",
        f"institute:{institute_id}",
        by=by,
        after={"name": gap.name, "from": gap.first.isoformat(), "to": gap.last.isoformat()},
    )
    return row


def remove_gap(institute_id: UUID, gap_id: UUID, *, by: str) -> None:
    """Take a named gap away. Raises ``NotFound``."""
    row = db.session.scalar(
        select(MeetingGap).where(MeetingGap.institute_id == institute_id, MeetingGap.id == gap_id)
    )
    if row is None:
        raise NotFound(say("There is no such gap."))
    db.session.delete(row)
    db.session.flush()
    audit.record("remove_gap", f"institute:{institute_id}", by=by, before={"name": row.name})


def _held_facts(session_id: UUID) -> MeetingFacts | None:
    mine = select(MeetingFacts).where(MeetingFacts.session_id == session_id)
    return db.session.scalar(mine.with_for_update().execution_options(populate_existing=True))


def _check_snow(meeting: MeetingView, said: Facts) -> None:
    if (said.snow_starts is None) != (said.snow_ends is None):
        raise SeriesRefused(
            say("Give the snow date's beginning and its end, or neither."), field="snow_on"
        )
    if said.snow_starts is None or said.snow_ends is None:
        return
    if said.snow_ends <= said.snow_starts:
        raise SeriesRefused(say("A meeting must end after it begins."), field="snow_ends")
    if meeting.starts is not None and said.snow_starts <= meeting.starts:
        raise SeriesRefused(say("A snow date is after the meeting's own date."), field="snow_on")


def _holidays(state: str, years: range) -> Mapping[date, str]:
    """Return a state's holidays as observed, by day. Raises ``SeriesRefused`` for no state."""
    if not state:
        return {}
    try:
        return dict(country_holidays("US", subdiv=state, years=years))
    except NotImplementedError as error:
        raise SeriesRefused(
            say("There is no list of holidays for “%(state)s”.", state=state), field="state"
        ) from error


def _next_number(institute_id: UUID, wanted: Series) -> int:
    """Return the number with which a series goes on that was begun before."""
    titles = {
        meeting.title
        for meeting in facade.meetings_of(institute_id, drafts=True)
        if meeting.group == wanted.group
    }
    number = 1
    while f"{wanted.title} {number}" in titles:
        number += 1
    return number


def _code(wanted: Series, number: int, taken: set[str]) -> str:
    start = f"{wanted.group}-m{number}" if wanted.group else f"m{number}"
    code, n = start, 1
    while code in taken:
        n += 1
        code = f"{start}-{n}"
    return code


def _spec(wanted: Series, number: int, day: date | None, code: str, zone: str) -> SessionSpec:
    return SessionSpec(
        code=code,
        title=f"{wanted.title} {number}",
        kind="cohort_meeting",
        time_zone=zone,
        starts=datetime.combine(day, wanted.begins) if day else None,
        ends=datetime.combine(day, wanted.ends) if day else None,
        meeting=True,
        mode=wanted.mode,
        online_link=wanted.link,
        homework=wanted.homework,
        cohort=wanted.group,
    )
