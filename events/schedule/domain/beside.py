"""Sessions that the same people are expected at, in programmes of any length."""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from events.schedule.domain.sessions import EVERY_COHORT, EVERYONE, PlannedSession, in_order


class Group(NamedTuple):
    """Whom a session is for, as far as roles and groups say; each is empty for everyone."""

    roles: frozenset[str]
    sides: frozenset[str]
    strands: frozenset[str]
    cohorts: frozenset[str]

    def shares(self, other: "Group") -> bool:
        """Tell whether somebody could be of both."""
        return not (
            (self.roles and other.roles and self.roles.isdisjoint(other.roles))
            or (self.sides and other.sides and self.sides.isdisjoint(other.sides))
            or (self.strands and other.strands and self.strands.isdisjoint(other.strands))
            or (self.cohorts and other.cohorts and self.cohorts.isdisjoint(other.cohorts))
        )


def group_of(session: PlannedSession) -> Group:
    """Return whom the session is for."""
    roles = frozenset(session.audience_roles)
    return Group(
        roles=frozenset() if EVERYONE in roles else roles,
        sides=frozenset(session.audience_sides),
        strands=frozenset({session.strand} - {""}),
        cohorts=frozenset({session.cohort} - EVERY_COHORT),
    )


def sharing(groups: Iterable[Group]) -> Mapping[Group, frozenset[Group]]:
    """Return for each group those of the others, and itself, that somebody could be of too."""
    each = frozenset(groups)
    by_role: dict[str, set[Group]] = {EVERYONE: set()}
    for group in each:
        for role in group.roles or {EVERYONE}:
            by_role.setdefault(role, set()).add(group)
    return {
        group: frozenset(
            filter(
                group.shares,
                by_role[EVERYONE].union(*(by_role[role] for role in group.roles))
                if group.roles
                else each,
            )
        )
        for group in each
    }


def beside_each_other(
    sessions: Iterable[PlannedSession],
) -> Iterator[tuple[PlannedSession, PlannedSession]]:
    """Return each pair that somebody could be expected at both, though nobody can attend both.

    Sessions are looked at by groups, of which there are few: a thousand at one time that are for
    different people are not compared two by two.
    """
    dated = [
        (session.span, session, group_of(session))
        for session in sorted(sessions, key=in_order)
        if session.span
    ]
    shared = sharing(group for _, _, group in dated)
    running: dict[Group, list[tuple[datetime, int]]] = {group: [] for group in shared}
    for place, (span, session, group) in enumerate(dated):
        beside: list[int] = []
        for those in shared[group]:
            theirs = running[those]
            while theirs and theirs[0][0] <= span.begins_at:
                heapq.heappop(theirs)
            beside.extend(other for _, other in theirs)
        yield from ((dated[other][1], session) for other in sorted(beside))
        heapq.heappush(running[group], (span.ends_at, place))
