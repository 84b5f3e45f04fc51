"""What a coordinator, or a programme file, writes down about one session."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from consortium.words import Sentence, say
from events.schedule.domain.rooms import features_in_words
from events.schedule.domain.sessions import EVERYONE, SessionRefused
from events.schedule.domain.times import day_in_words

YEARS = range(1990, 2101)

LABELS: Mapping[str, Sentence] = {
    "code": say("Short code"),
    "title": say("Title"),
    "kind": say("Kind"),
    "time_zone": say("Time zone"),
    "starts": say("Begins"),
    "ends": say("Ends"),
    "meeting": say("Meeting of a cohort"),
    "description": say("Description"),
    "room": say("Room"),
    "venue": say("Venue"),
    "presenters": say("Presenters"),
    "facilitators": say("Facilitators"),
    "track": say("Track"),
    "mode": say("How people meet"),
    "online_link": say("Online link"),
    "homework": say("Homework"),
    "audience_roles": say("Roles"),
    "audience_sides": say("Sides"),
    "audience_flags": say("Newcomers"),
    "strand": say("Strand"),
    "cohort": say("Group of the cohort"),
    "choice_group": say("Round"),
    "pick": say("How many of the round"),
    "same_content": say("Same content"),
    "capacity": say("Places"),
    "features": say("What its room must have"),
    "extras": say("Further details"),
}
SHOWN_IN_CALENDARS = frozenset(
    {
        "title",
        "kind",
        "time_zone",
        "starts",
        "ends",
        "description",
        "room",
        "venue",
        "presenters",
        "facilitators",
        "mode",
        "online_link",
        "homework",
    }
)


@dataclass(frozen=True, kw_only=True)
class SessionSpec:
    """A session as it is meant to be."""

    code: str
    title: str
    kind: str
    time_zone: str
    starts: datetime | None = None
    """Wall time; ``None``: the date is not set yet."""
    ends: datetime | None = None
    meeting: bool = False
    description: str = ""
    room: str = ""
    """A room of the institute by its name; a new name makes a new room."""
    venue: str = ""
    """Where it is held, if not at the institute's own venue; a room says it by itself."""
    presenters: tuple[str, ...] = ()
    facilitators: tuple[str, ...] = ()
    track: str = ""
    mode: str = ""
    online_link: str = ""
    homework: str = ""
    audience_roles: tuple[str, ...] = (EVERYONE,)
    audience_sides: tuple[str, ...] = ()
    audience_flags: tuple[str, ...] = ()
    strand: str = ""
    """Its followers alone see and join it; a strand of the institute by its code."""
    cohort: str = ""
    choice_group: str = ""
    pick: int = 1
    same_content: str = ""
    capacity: int | None = None
    features: tuple[str, ...] = ()
    """What its room must have, such as ``projector``; words of the host's own are fine too."""
    extras: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> Mapping[str, Any]:
        """The values as the row keeps them."""
        values = {part.name: getattr(self, part.name) for part in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
        } | {"room": self.room or None, "venue": self.venue or None}

    def check(
        self,
        *,
        role_codes: Collection[str],
        days: Collection[date] = (),
        strands: Collection[str] = (),
    ) -> None:
        """Raise the first reason why this cannot be a session of an institute with these roles.

        A session is on one of the institute's ``days``, where there are any to keep to; a meeting
        may be on others.
        """
        if not self.title.strip():
            raise SessionRefused(say("Give the session a title."), field="title")
        self._check_times()
        if days and self.starts and not self.meeting and self.starts.date() not in days:
            raise SessionRefused(
                say(
                    "%(day)s is none of the days of this institute. Correct it, or add the day to "
                    "the institute first.",
                    day=day_in_words(self.starts),
                ),
                field="on",
            )
        if self.capacity is not None and self.capacity < 1:
            raise SessionRefused(
                say("A session needs at least one place. Leave it empty if nobody counts."),
                field="capacity",
            )
        if self.pick < 1:
            raise SessionRefused(
                say("People must take at least one session of a round."), field="pick"
            )
        if not self.audience_roles:
            raise SessionRefused(say("Say whom the session is for."), field="audience_roles")
        if self.strand and self.strand not in strands:
            raise SessionRefused(
                say("This institute has no strand “%(code)s”.", code=self.strand), field="strand"
            )
        for code in self.audience_roles:
            if code != EVERYONE and code not in role_codes:
                raise SessionRefused(
                    say("This institute has no role “%(code)s”.", code=code),
                    field="audience_roles",
                )

    def _check_times(self) -> None:
        if self.starts is None:
            if self.ends is not None:
                raise SessionRefused(
                    say("Give the time it begins too, or leave out the end."), field="begins"
                )
            return
        if self.ends is None:
            raise SessionRefused(say("Give the time it ends; calendars need it."), field="ends")
        if self.ends <= self.starts:
            raise SessionRefused(say("The session must end after it begins."), field="ends")
        for moment, name in ((self.starts, "on"), (self.ends, "ends_on")):
            if moment.year not in YEARS:
                raise SessionRefused(
                    say("The year %(year)s is not meant, is it? Correct it.", year=moment.year),
                    field=name,
                )


def differences(
    before: SessionSpec, after: SessionSpec
) -> Sequence[tuple[str, Sentence, str, str]]:
    """Return what differs: the field, its label, and both values as text."""
    return [
        (name, label, _said(name, before), _said(name, after))
        for name, label in LABELS.items()
        if getattr(before, name) != getattr(after, name)
    ]


def code_for(title: str, *, taken: Collection[str]) -> str:
    """Return a short code made from the title that no other session has."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")[:40].strip("-") or "session"
    code, n = words, 1
    while code in taken:
        n += 1
        code = f"{words}-{n}"
    return code


def _said(name: str, spec: SessionSpec) -> str:
    value = getattr(spec, name)
    return features_in_words(value) if name == "features" else _as_text(value)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return str(value)
