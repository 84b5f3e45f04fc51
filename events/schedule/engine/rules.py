"""The rules that no schedule may break, as values that can say themselves in a sentence."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from consortium.words import say
from events.schedule.engine.positions import Position
from events.schedule.engine.values import (
    EVERYONE,
    Fixed,
    Person,
    Programme,
    Room,
    Session,
)


class Why(Enum):
    """Why some sessions cannot be at the same time."""

    PRESENTER = "presenter"
    ROLE = "role"
    CONTENT = "content"
    EVERYONE = "everyone"


@dataclass(frozen=True, kw_only=True)
class Apart:
    """Sessions of which no two may overlap, by their positions in the list of sessions."""

    why: Why
    name: str
    members: tuple[int, ...]


Item = Session | Fixed


def needs_everyone(item: Item) -> bool:
    """Tell whether nobody may be elsewhere meanwhile."""
    return EVERYONE in item.required_roles


def kept_apart(items: Sequence[Item], people: Sequence[Person]) -> tuple[Apart, ...]:
    """Return who or what keeps which items apart, each reason with all of its items.

    Somebody who presents one session and has the role that another requires keeps both apart.
    """
    roles = {person.id: person.role for person in people}
    by_role: dict[str, set[int]] = defaultdict(set)
    by_presenter: dict[str, set[int]] = defaultdict(set)
    by_content: dict[str, set[int]] = defaultdict(set)
    for n, item in enumerate(items):
        for role in item.required_roles - {EVERYONE}:
            by_role[role].add(n)
        for presenter in item.presenters:
            by_presenter[presenter].add(n)
        if isinstance(item, Session) and item.same_content:
            by_content[item.same_content].add(n)
    for presenter, held in by_presenter.items():
        held.update(by_role.get(roles.get(presenter, ""), ()))
    found = [
        Apart(why=why, name=name, members=tuple(sorted(members)))
        for why, named in (
            (Why.PRESENTER, by_presenter),
            (Why.ROLE, by_role),
            (Why.CONTENT, by_content),
        )
        for name, members in sorted(named.items())
        if len(members) > 1
    ]
    everywhere = range(len(items))
    found.extend(
        Apart(why=Why.EVERYONE, name=item.id, members=(n, other) if n < other else (other, n))
        for n, item in enumerate(items)
        if needs_everyone(item)
        for other in everywhere
        if other != n and not (other < n and needs_everyone(items[other]))
    )
    return tuple(found)


def seats_needed(session: Session, sizes: Mapping[str, int]) -> int:
    """Return how many people a room must hold for it: who is expected, and who has to come."""
    required = session.required_roles
    if EVERYONE in required:
        return max(session.expected, sum(sizes.values()))
    return max(session.expected, sum(sizes.get(role, 0) for role in required))


def role_sizes(people: Sequence[Person]) -> dict[str, int]:
    """Return how many people of each role come."""
    sizes: dict[str, int] = defaultdict(int)
    for person in people:
        sizes[person.role] += 1
    return dict(sizes)


def misfit(session: Session, room: Room, needed: int) -> str:
    """Return why the room can never take the session, or nothing where it can."""
    if session.room and session.room != room.id:
        return say("%(room)s is not the room to which it is locked", room=room.called)
    lacking = sorted(session.features - room.features)
    if lacking:
        return say("%(room)s lacks %(what)s", room=room.called, what=", ".join(lacking))
    if room.capacity is not None and room.capacity < needed:
        return say(
            "%(room)s holds %(holds)s and %(needed)s are needed",
            room=room.called,
            holds=room.capacity,
            needed=needed,
        )
    return ""


def hindrance(session: Session, position: Position, programme: Programme) -> str:
    """Return why the session itself cannot be at this time; nothing where it can."""
    if session.slot and session.slot != position.slot:
        return say("it is locked to %(slot)s", slot=programme.times[session.slot])
    if session.among and not session.among.issuperset(position.slots):
        return say("its round is held at other times")
    for presenter in session.presenters:
        if programme.away.get(presenter, frozenset()) & set(position.slots):
            return say("%(name)s cannot be there", name=presenter)
    return ""


def meeting_fixed(apart: Apart, fixed: Fixed) -> str:
    """Return why a session that shares this reason with something fixed cannot be meanwhile."""
    if apart.why is Why.PRESENTER:
        return say("%(name)s is needed at “%(title)s”", name=apart.name, title=fixed.called)
    if apart.why is Why.EVERYONE:
        if needs_everyone(fixed):
            return say("everyone is at “%(title)s” then", title=fixed.called)
        return say("it is for everyone, and “%(title)s” is held then", title=fixed.called)
    return say(
        "everyone with the role %(name)s is needed at “%(title)s”",
        name=apart.name,
        title=fixed.called,
    )
