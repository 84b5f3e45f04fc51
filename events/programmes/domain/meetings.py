"""A cohort's meetings as a line each, dated or not."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_interval

from consortium.words import say
from events.institutes.domain.wording import capital, plain, told
from events.schedule.domain import SessionSpec, Span, span_of, told_in

EVERY_COHORT = frozenset({"", "both", "all"})


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """One meeting as a page lists it."""

    title: str
    span: Span | None
    """From when to when; ``None`` while it has no date."""
    notes: tuple[str, ...]

    @property
    def on(self) -> date | None:
        """The day it is held."""
        return self.span.starts.date() if self.span else None

    def times(self, zone: str) -> tuple[Span, ...]:
        """Return what people in ``zone`` read of its time: its own, then theirs if it differs."""
        return told_in(zone, [self.span] if self.span else [])


def meeting_line(spec: SessionSpec) -> MeetingLine:
    """Return the meeting with everything its file says of when, how and for whom."""
    return MeetingLine(
        title=spec.title,
        span=span_of(spec.starts, spec.ends, spec.time_zone),
        notes=tuple(_notes(spec)),
    )


def _notes(spec: SessionSpec) -> list[str]:
    notes: list[str] = []
    if spec.cohort not in EVERY_COHORT:
        notes.append(say("For %(cohort)s.", cohort=spec.cohort.replace("_", " ")))
    if spec.mode:
        notes.append(plain(spec.mode) + ".")
    if spec.room:
        notes.append(say("Room: %(room)s.", room=spec.room))
    extras = dict(spec.extras)
    if "cadence" in extras:
        notes.append(capital(told(extras.pop("cadence"))) + ".")
    if "per_team" in extras:
        notes.append(say("%(n)s for each team.", n=told(extras.pop("per_team"))))
    if "windows" in extras:
        notes.append(say("Within %(windows)s.", windows=_windows(extras.pop("windows"))))
    notes += [f"{plain(name)}: {told(value)}." for name, value in sorted(extras.items())]
    return notes


def _windows(said: Any) -> str:
    windows = said if isinstance(said, list) else [said]
    return "; ".join(_window(told(window)) for window in windows)


def _window(text: str) -> str:
    try:
        first, last = (date.fromisoformat(end) for end in text.split("/"))
    except ValueError:
        return text
    return format_interval(first, last, "yMMMd", locale="en_US")
