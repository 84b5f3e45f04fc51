"""What loading a file again would change, as people read it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from consortium.words import Sentence, say
from events.institutes.domain import Admission, Due, RoleRule
from events.institutes.domain.sections import (
    DayPlan,
    HostLine,
    Section,
    StrandLine,
    Terms,
    versions,
)
from events.institutes.domain.terms import PaymentTerms
from events.programmes.domain.programme import Programme
from events.programmes.domain.registering import USUAL
from events.programmes.domain.whereabouts import Whereabouts
from events.questions.domain import QuestionRule
from events.schedule.domain import PresenterSpec, RoomSpec, SessionSpec, VenueSpec, key_of
from events.schedule.domain import differences as session_differences
from events.schedule.domain.ranking import RankedSpec

Item = TypeVar("Item")
Named: TypeAlias = VenueSpec | RoomSpec | PresenterSpec

_FIELDS: Mapping[str, Sentence] = {
    "title": say("Title"),
    "kind": say("Kind"),
    "time_zone": say("Time zone"),
    "venue": say("Venue"),
    "summary": say("Summary"),
    "registrant": say("Who registers"),
    "admission": say("Who may come"),
    "unit_types": say("Kinds of units"),
    "gate": say("Gate"),
    "min_people": say("Smallest team"),
    "max_people": say("Largest team"),
    "fees": say("Fees"),
    "payment_methods": say("Ways to pay"),
    "waitlist": say("Waitlist"),
    "extras": say("Further details"),
}
LONGEST = 120


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that differs between the institute and the file."""

    what: str
    before: str
    """Empty: it is new."""
    after: str
    """Empty: it goes."""


def changes_between(before: Programme, after: Programme) -> tuple[Change, ...]:
    """Return what differs, in the order of a programme's parts."""
    found = [
        Change(what=label, before=_text(getattr(before, name)), after=_text(getattr(after, name)))
        for name, label in _FIELDS.items()
        if getattr(before, name) != getattr(after, name)
    ]
    found += _items(before.hosts, after.hosts, say("Host"), lambda host: host.name)
    found += _items(before.days, after.days, say("Day"), lambda day: day.on.isoformat())
    found += _items(before.roles, after.roles, say("Role"), lambda role: role.code)
    found += _items(before.deadlines, after.deadlines, say("Deadline"), lambda due: due.code)
    found += _items(
        before.places.items(), after.places.items(), say("Places"), lambda pool: pool[0]
    )
    found += _paying(before, after)
    found += _registering(before, after)
    found += _whereabouts(before.whereabouts, after.whereabouts)
    found += _sessions(before.sessions, after.sessions)
    if after.ranked_rounds is not None:
        was, now = (map(_ranking, one or ()) for one in (before.ranked_rounds, after.ranked_rounds))
        found += _items(was, now, say("Ranked round"), lambda told: str(told[0]))
    return tuple(found)


def _paying(before: Programme, after: Programme) -> list[Change]:
    """Return what differs in the payment terms, as their page says it; silence keeps them."""
    now = after.payment_terms
    if now is None:
        return []
    was = replace(before.payment_terms or PaymentTerms(), methods=now.methods)
    return [
        Change(what=label, before=_cut(old), after=_cut(new))
        for label, old, new in versions(Terms(terms=was), Terms(terms=now))
    ]


def _registering(before: Programme, after: Programme) -> list[Change]:
    """Return what differs in how teams come in, as those pages say it; silence keeps it."""
    found: list[Change] = []
    if after.strands is not None:
        found += _items(
            before.strands or (), after.strands, say("Strand"), lambda strand: strand.code
        )
    if after.questions is not None:
        found += _items(
            before.questions or (), after.questions, say("Question"), lambda asked: asked.code
        )
    was, now = before.registration or USUAL, after.registration
    if now is None:
        return found
    hours = (say("Hours for which a place is held"), str(was.offer_hours), str(now.offer_hours))
    sections: tuple[tuple[Section, Section], ...] = (
        (was.ways, now.ways),
        (was.together, now.together),
    )
    differing = [line for stored, sent in sections for line in versions(stored, sent)]
    differing += [hours] if was.offer_hours != now.offer_hours else []
    differing += [
        (label, _text(dict(old)), _text(dict(new)))
        for label, old, new in (
            (say("Selection"), was.selection, now.selection),
            (say("Letters"), was.letters, now.letters),
        )
        if old != new
    ]
    return found + [
        Change(what=label, before=_cut(old), after=_cut(new)) for label, old, new in differing
    ]


def _whereabouts(before: Whereabouts, after: Whereabouts) -> list[Change]:
    return [
        *_named(before.venues, after.venues, say("Venue")),
        *_named(before.rooms, after.rooms, say("Room")),
        *_named(before.presenters, after.presenters, say("Presenter")),
    ]


def _named(before: Sequence[Named], after: Sequence[Named], label: Sentence) -> list[Change]:
    """Return what differs in things that are known by their names, however these are spelled."""
    spelled = {key_of(one.name): one.name for one in (*before, *after)}
    return _items(
        map(_told, before), map(_told, after), label, lambda told: spelled[key_of(told[0])]
    )


def _told(spec: Named) -> tuple[Any, ...]:
    parts = vars(spec).values()
    return tuple(_joined(*part) if isinstance(part, tuple) else part for part in parts)


def _ranking(spec: RankedSpec) -> tuple[str | None, ...]:
    return (
        spec.group,
        say("until %(moment)s UTC", moment=f"{spec.until:%Y-%m-%d %H:%M}"),
        say("at most %(most)s each", most=spec.most) if spec.most else "",
        "" if spec.any_free else say("nothing that was not ranked"),
    )


def _items(
    before: Iterable[Item], after: Iterable[Item], label: Sentence, key: Callable[[Item], str]
) -> list[Change]:
    old = {key(item): item for item in before}
    new = {key(item): item for item in after}
    return [
        Change(
            what=say("%(what)s “%(name)s”", what=label, name=name),
            before=_text(old[name]) if name in old else "",
            after=_text(new[name]) if name in new else "",
        )
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    ]


def _sessions(before: Iterable[SessionSpec], after: Iterable[SessionSpec]) -> list[Change]:
    old = {spec.code: spec for spec in before}
    new = {spec.code: spec for spec in after}
    found = []
    for code in dict.fromkeys((*old, *new)):
        what = say("Session “%(title)s”", title=(new.get(code) or old[code]).title)
        if code in old and code in new:
            found += [
                Change(
                    what=say("%(session)s: %(field)s", session=what, field=label),
                    before=_cut(was),
                    after=_cut(now),
                )
                for _, label, was, now in session_differences(old[code], new[code])
            ]
        else:
            found.append(
                Change(
                    what=what,
                    before=_text(old[code]) if code in old else "",
                    after=_text(new[code]) if code in new else "",
                )
            )
    return found


def _text(value: Any) -> str:
    return "—" if value is None else _cut(_words(value))


def _words(value: Any) -> str:  # noqa: PLR0911  (one line for each kind of part)
    match value:
        case HostLine():
            return _joined(value.name, value.role)
        case DayPlan():
            return _joined(
                value.on.isoformat(), value.label, say("optional") if value.optional else ""
            )
        case RoleRule():
            most = "" if value.max is None else value.max
            return _joined(value.label, value.side, f"{value.min}–{most}", value.strength)
        case Due():
            return _joined(value.on.isoformat(), value.at and f"{value.at:%H:%M}", value.what)
        case QuestionRule() | StrandLine():
            return _joined(value.label, *_besides(value))
        case SessionSpec():
            return _joined(value.title, _moment(value.starts))
        case Admission():
            return _joined(
                *(["all"] if value.everywhere else sorted(value.home)),
                *sorted(value.guests),
                *(f"−{state}" for state in sorted(value.excluded)),
                say("others by request") if value.by_request else value.others_note,
            )
        case (str(), int() as n):
            return str(n)
        case tuple():
            return _joined(*value)
        case _:
            return str(value)


def _besides(value: QuestionRule | StrandLine) -> tuple[str, ...]:
    if isinstance(value, StrandLine):
        return (value.description,)
    return (value.kind, *value.options)


def _moment(moment: datetime | None) -> str:
    return say("date to be set") if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
