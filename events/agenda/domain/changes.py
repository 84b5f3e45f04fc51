"""What changed on someone's agenda since the person was last told, ready to be put into words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from consortium.calendar.domain import Facts, Known, Told
from consortium.ports import Method


class Kind(StrEnum):
    """What happened to a session, as far as one person is concerned."""

    NEW = auto()
    CHANGED = auto()
    CANCELLED = auto()
    UNDATED = auto()
    """Its date is to be set anew."""
    GONE = auto()
    """It is held, but not for this person any more."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One session that is not what the person was told."""

    kind: Kind
    before: Facts | None = None
    after: Facts | None = None

    @property
    def facts(self) -> Facts:
        """What the session is now, or was, where there is nothing new to say of it."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change is of something")
        return found

    @property
    def moved(self) -> bool:
        """Whether clocks on the wall show another time than was told, or are elsewhere."""
        if self._differs("starts", "ends"):
            return True
        one, other = self.before, self.after
        return self._differs("zone") and not (one and other and one.same_time(other))

    @property
    def other_day(self) -> bool:
        """Whether it is on another day."""
        one, other = self.before, self.after
        return one is not None and other is not None and one.begins.date() != other.begins.date()

    @property
    def other_rules(self) -> bool:
        """Whether the clocks there follow other rules: the same time is another instant."""
        return self._differs("begins_at") and not self.moved

    @property
    def other_place(self) -> bool:
        """Whether it is in another room, or at another venue."""
        return self._differs("place")

    @property
    def other_link(self) -> bool:
        """Whether the link to join online is another one."""
        return self._differs("link")

    @property
    def other_title(self) -> bool:
        """Whether it is called something else."""
        return self._differs("title")

    @property
    def other_details(self) -> bool:
        """Whether more or other things are said of it."""
        return self._differs("details")

    def _differs(self, *names: str) -> bool:
        one, other = self.before, self.after
        if self.kind is not Kind.CHANGED or one is None or other is None:
            return False
        return any(getattr(one, name) != getattr(other, name) for name in names)


def changes_of(
    known: Mapping[str, Known],
    due: Mapping[str, Facts],
    *,
    off: Mapping[str, Kind],
    now_ahead: Collection[str],
) -> tuple[Change, ...]:
    """Return what differs between what someone was told for sure and what is due, in order of time.

    A mail that was dropped unsent told nothing, so that the list goes from what stood before the
    first change to what stands after the last one; what came and went between is not told.
    ``off`` says of the UIDs of sessions that are on nobody's calendar why; of what was told, only
    ``now_ahead`` still matters: nobody is told of what is over.
    """
    found: list[Change] = []
    for uid, facts in due.items():
        theirs = known.get(uid)
        if theirs is not None and theirs.shows(facts):
            continue
        told = _requested(theirs.certain) if theirs is not None else None
        if told is None:
            found.append(Change(kind=Kind.NEW, after=facts))
        else:
            # Where a mail may have said something else meanwhile, the two may well be the same.
            found.append(Change(kind=Kind.CHANGED, before=told, after=facts))
    for uid, theirs in known.items():
        if uid in due or uid not in now_ahead or not theirs.invited:
            continue
        shown = _requested(theirs.certain) or _requested(theirs.last)
        found.append(Change(kind=off.get(uid, Kind.GONE), before=shown))
    return tuple(sorted(found, key=_in_order))


def _requested(told: Told | None) -> Facts | None:
    return told.facts if told is not None and told.method is Method.REQUEST else None


def _in_order(change: Change) -> tuple[str, str, str]:
    return (change.facts.begins_at, change.facts.title, change.kind)
