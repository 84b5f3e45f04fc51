"""What the shape of a programme does not say: names twice, names of nothing, and what cannot be.

The same checks for JSON and for tables: each fault says the part, its place there and the field.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from consortium.words import say
from events.schedule.engine.positions import runs_of
from events.schedule.engine.values import EVERYONE, Programme, Session


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """One fault: in which part, the how manieth there, in which field."""

    part: str
    number: int
    field: str
    sentence: str


def twice(part: str, ids: Sequence[str], field: str = "id") -> Iterator[Wrong]:
    """Give each id that was there before."""
    seen: set[str] = set()
    for number, one in enumerate(ids):
        if one in seen:
            sentence = say("“%(id)s” is the id of another one already. Give one a new id.", id=one)
            yield Wrong(part=part, number=number, field=field, sentence=sentence)
        seen.add(one)


def unknown(  # noqa: PLR0913, PLR0917  (where, and which of what)
    part: str, number: int, field: str, names: Iterable[str], known: Collection[str], what: str
) -> Iterator[Wrong]:
    """Give each name that is nothing's."""
    for name in names:
        if name not in known:
            sentence = say(
                "There is no %(what)s “%(name)s”. Correct it, or add it.", what=what, name=name
            )
            yield Wrong(part=part, number=number, field=field, sentence=sentence)


def wrongs_of(programme: Programme) -> Iterator[Wrong]:
    """Give what no schedule of the programme could mend; ids are known to be unique."""
    longest = _longest(programme)
    features = {one for room in programme.rooms for one in room.features}
    slots = {slot.id for slot in programme.slots}
    largest = _largest(programme)
    for number, session in enumerate(programme.sessions):
        yield from _of_session(session, number, longest, features, largest)
        free = slots.difference(*(programme.away.get(p, frozenset()) for p in session.presenters))
        if not free and session.presenters:
            yield Wrong(
                part="sessions",
                number=number,
                field="presenters",
                sentence=say(
                    "%(names)s cannot ever meet: in each slot one of them is away. Ask for other "
                    "times, or let somebody else present it.",
                    names=" and ".join(session.presenters),
                )
                if len(session.presenters) > 1
                else say(
                    "%(name)s is away in every slot. Ask for other times, or let somebody else "
                    "present it.",
                    name=session.presenters[0],
                ),
            )
    yield from _circles(programme.sessions)


def _of_session(
    session: Session, number: int, longest: int, features: Collection[str], largest: int | None
) -> Iterator[Wrong]:
    if session.minutes is not None and session.minutes > longest:
        yield Wrong(
            part="sessions",
            number=number,
            field="minutes",
            sentence=say(
                "It takes %(minutes)s minutes, and the longest time without a long break is "
                "%(longest)s minutes. Make it shorter, or add slots.",
                minutes=session.minutes,
                longest=longest,
            ),
        )
    for feature in sorted(session.features - set(features)):
        yield Wrong(
            part="sessions",
            number=number,
            field="features",
            sentence=say("No room has “%(name)s”. Add it to a room, or do without.", name=feature),
        )
    if largest is not None and session.expected > largest:
        yield Wrong(
            part="sessions",
            number=number,
            field="expected",
            sentence=say(
                "%(n)s people are expected, and the largest room holds %(largest)s.",
                n=session.expected,
                largest=largest,
            ),
        )


def warnings_of(programme: Programme) -> Iterator[str]:
    """Give what is probably not meant."""
    if not programme.people:
        return
    roles = {person.role for person in programme.people}
    for session in programme.sessions:
        for role in sorted(session.required_roles - roles - {EVERYONE}):
            yield say(
                "Nobody has the role “%(role)s” that has to be at “%(title)s”.",
                role=role,
                title=session.called,
            )


def _longest(programme: Programme) -> int:
    """Return the minutes of the longest session that would fit."""
    slots = programme.slots
    lengths = {last.ends - slot.starts for slot in slots for last in slots if last.day == slot.day}
    for minutes in sorted(lengths, reverse=True):
        if minutes > 0 and runs_of(Session(id="", minutes=minutes), slots):
            return minutes
    return 0


def _largest(programme: Programme) -> int | None:
    sizes = [room.capacity for room in programme.rooms]
    return None if None in sizes else max(size for size in sizes if size is not None)


def _circles(sessions: Sequence[Session]) -> Iterator[Wrong]:
    number = {session.id: n for n, session in enumerate(sessions)}
    later: Mapping[str, Collection[str]] = {one.id: sorted(one.before) for one in sessions}
    try:
        TopologicalSorter(later).prepare()
    except CycleError as circle:
        names = circle.args[1]
        yield Wrong(
            part="sessions",
            number=number[names[0]],
            field="before",
            sentence=say(
                "These would each have to be before the next, in a circle: %(names)s.",
                names=" → ".join(reversed(names)),
            ),
        )
