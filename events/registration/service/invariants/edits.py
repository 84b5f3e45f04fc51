"""Edits: each is in the history, and builds on the one before it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from events.registration.models import Seat, Team

OF_TEAMS = ("describe_team",)
OF_SEATS = ("change_member", "name_kept")
BY_LIST = "import_team"
"""What a list said of a seat is an edit of it, or else gave it to someone else."""

Values: TypeAlias = tuple[str, ...]
"""What two people may edit at once: a team's name and school, the roles of a member."""


@dataclass
class Edits:
    """What was recorded of the edits of one team or seat."""

    times: int = 0
    by_list: int = 0
    found: Counter[Values] = field(default_factory=Counter)
    left: Counter[Values] = field(default_factory=Counter)

    def may_be(self, times: int) -> bool:
        """Tell whether it can have been edited so often."""
        return self.times <= times <= self.times + self.by_list

    def end_in(self, stored: Values) -> bool:
        """Tell whether the edits are one chain that ends in what is stored.

        Whatever an edit found, another one left, but for what the first one found. An edit that
        was overwritten unseen left what nobody found. The order in which they were recorded does
        not matter, since the clocks of two machines may differ.
        """
        return ((self.found + Counter([stored])) - self.left).total() == 1


NONE = Edits()


def lost_edits() -> Iterator[str]:
    """Find teams and seats that are other than the history of their edits tells."""
    recorded = _recorded()
    for team in db.session.execute(select(Team.id, Team.version, Team.name, Team.site)):
        yield from _told(recorded, f"team:{team.id}", team.version, (team.name, team.site))
    seats = select(Seat.id, Seat.version, Seat.role_code, Seat.also_role_codes)
    for seat in db.session.execute(seats):
        roles = (seat.role_code, *seat.also_role_codes)
        yield from _told(recorded, f"seat:{seat.id}", seat.version, roles)


def _told(
    recorded: Mapping[str, Edits], subject: str, version: int, stored: Values
) -> Iterator[str]:
    edits, times = recorded.get(subject, NONE), version - 1
    if not edits.may_be(times):
        yield f"{subject} was edited {times} times; recorded are {edits.times}."
    elif edits.times and not edits.by_list and not edits.end_in(stored):
        yield f"{subject}: an edit was overwritten by someone who had not seen it."


def _recorded() -> Mapping[str, Edits]:
    """Return the recorded edits by what they are about."""
    recorded: dict[str, Edits] = defaultdict(Edits)
    rows = select(AuditEntry.act, AuditEntry.subject, AuditEntry.before, AuditEntry.after).where(
        AuditEntry.act.in_((*OF_TEAMS, *OF_SEATS, BY_LIST))
    )
    for row in db.session.execute(rows):
        if row.act == BY_LIST:
            for seat_id in row.after.get("changed", ()):
                recorded[f"seat:{seat_id}"].by_list += 1
            continue
        of_team = row.act in OF_TEAMS
        edits = recorded[row.subject if of_team else f"seat:{row.after.get('seat')}"]
        edits.times += 1
        values = _name_of if of_team else _roles_of
        edits.found[values(row.before)] += 1
        edits.left[values(row.after)] += 1
    return recorded


def _name_of(said: Mapping[str, Any]) -> Values:
    return said.get("name", ""), said.get("site", "")


def _roles_of(said: Mapping[str, Any]) -> Values:
    return tuple(said.get("roles", ()))
