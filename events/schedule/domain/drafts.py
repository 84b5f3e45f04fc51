"""Sessions that wait to be published: how they are kept, how they differ from what is public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from consortium.words import Sentence
from events.schedule.domain.sessions import PlannedSession
from events.schedule.domain.specs import SessionSpec, differences

NAMED_ELSEWHERE = ("room", "venue")
"""Fields that are the name of a row of its own, and empty where there is none."""
MOMENTS = ("starts", "ends")
IN_CONFIDENCE = frozenset({"online_link"})
"""What only people with a place may read; the public log says that it changed, not to what."""
BEHIND_THE_SCENES = frozenset({"code", "meeting", "features", "extras"})
"""What means nothing to those who come."""
_SHOWN = frozenset(part.name for part in fields(PlannedSession))


class Act(StrEnum):
    """What publishing does to a session."""

    ADDED = auto()
    CHANGED = auto()
    CANCELLED = auto()
    RESTORED = auto()


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One thing about a session that is no longer as it was, in words."""

    field: str
    label: Sentence
    before: str
    after: str

    @property
    def in_confidence(self) -> bool:
        """Whether only people with a place may read the values."""
        return self.field in IN_CONFIDENCE


@dataclass(frozen=True, kw_only=True)
class SessionChange:
    """What publishing does, or did, to one session."""

    session_id: UUID
    code: str
    title: str
    act: Act
    fields: tuple[FieldChange, ...] = ()

    @property
    def concerns_people(self) -> bool:
        """Whether it means something to those who come, so that they are told."""
        return self.act is not Act.CHANGED or bool(self.fields)


def kept_as(spec: SessionSpec) -> Mapping[str, Any]:
    """Return the spec as the row keeps it in JSON. ``spec_in`` reads it back."""
    values = dict(spec.columns)
    for name in MOMENTS:
        moment: datetime | None = values[name]
        values[name] = None if moment is None else moment.isoformat()
    return values


def spec_in(kept: Mapping[str, Any]) -> SessionSpec:
    """Return the spec that ``kept_as`` wrote; what newer editions ask and it lacks is usual."""
    known = {part.name for part in fields(SessionSpec)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in kept.items()
        if name in known
    }
    for name in MOMENTS:
        said = values.get(name)
        values[name] = None if said is None else datetime.fromisoformat(said)
    return SessionSpec(**values | {name: values.get(name) or "" for name in NAMED_ELSEWHERE})


def shown_of(spec: SessionSpec) -> Mapping[str, Any]:
    """Return those values of a spec that a planned session shows."""
    return {
        part.name: getattr(spec, part.name) for part in fields(SessionSpec) if part.name in _SHOWN
    }


def field_changes(before: SessionSpec, after: SessionSpec) -> tuple[FieldChange, ...]:
    """Return what differs and means something to those who come."""
    return tuple(
        FieldChange(field=name, label=label, before=was, after=now)
        for name, label, was, now in differences(before, after)
        if name not in BEHIND_THE_SCENES
    )


def in_numbers(changes: Iterable[SessionChange]) -> Mapping[Act, int]:
    """Return how many sessions each act is about."""
    counted = dict.fromkeys(Act, 0)
    for change in changes:
        counted[change.act] += 1
    return counted


def logged(fields_changed: Sequence[FieldChange]) -> list[dict[str, str]]:
    """Return the changes as the public log keeps them, without what is told in confidence."""
    return [
        {
            "field": change.field,
            "before": "" if change.in_confidence else change.before,
            "after": "" if change.in_confidence else change.after,
        }
        for change in fields_changed
    ]
