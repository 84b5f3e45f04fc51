"""The two sides of a partnership and who speaks for each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import TYPE_CHECKING
from uuid import UUID

from consortium.people.domain import Side
from consortium.words import Sentence, say

if TYPE_CHECKING:
    from events.facade.teams import TeamOfYear


class TableSide(StrEnum):
    """One of the two sides that own a plan together."""

    LABOR = auto()
    MANAGEMENT = auto()

    @property
    def other(self) -> "TableSide":
        """The side across the table."""
        return TableSide.MANAGEMENT if self is TableSide.LABOR else TableSide.LABOR


TABLE_SIDE_WORDS: Mapping[TableSide, Sentence] = {
    TableSide.LABOR: say("Labor"),
    TableSide.MANAGEMENT: say("Management"),
}
SITS_WITH: Mapping[Side, TableSide] = {
    Side.LABOR: TableSide.LABOR,
    Side.MANAGEMENT: TableSide.MANAGEMENT,
    Side.GOVERNANCE: TableSide.MANAGEMENT,
}
"""A board sits with the administration it employs; community members sit with neither."""
LEADER_OFFICES = frozenset(
    {
        "superintendent",
        "board_president",
        "union_leader",
        "cert_union_leader",
        "class_union_leader",
        "admin_assoc_president",
        "state_chief",
        "state_union_officer",
    }
)
"""Offices whose holders speak for their side, by code, whatever a host calls them. In a
partnership of one school the principal and the site representative do."""
SCHOOL_LEADER_OFFICES = frozenset({"principal", "building_rep"})


def table_side(side: Side) -> TableSide | None:
    """Return with which of the two sides an office sits; ``None`` with neither."""
    return SITS_WITH.get(side)


@dataclass(frozen=True, kw_only=True)
class Member:
    """Someone who belongs to a partnership now."""

    person_id: UUID
    name: str
    side: TableSide | None
    """``None`` for those who sit with neither side."""
    role_code: str
    """Empty for a lead without a seat."""
    office: str
    """What the office is called where they sit; empty for a lead without a seat."""
    speaks: bool
    """Whether they sign for their side: its lead, or the holder of a leader's office."""


@dataclass(frozen=True, kw_only=True)
class Who:
    """Everyone of a partnership now, by side."""

    members: tuple[Member, ...] = ()

    def of(self, side: TableSide) -> tuple[Member, ...]:
        """Return who sits on this side, its speakers first, then by name."""
        return tuple(member for member in self.members if member.side is side)

    def speakers(self, side: TableSide) -> tuple[Member, ...]:
        """Return who may sign for this side."""
        return tuple(member for member in self.of(side) if member.speaks)

    def member(self, person_id: UUID | None) -> Member | None:
        """Return this person as they belong to it; ``None`` for strangers."""
        return next((one for one in self.members if one.person_id == person_id), None)

    def may_sign(self, person_id: UUID | None) -> TableSide | None:
        """Return the side for which this person signs, if they sign for any."""
        member = self.member(person_id)
        return member.side if member is not None and member.speaks else None


def present_teams(teams: "Iterable[TeamOfYear]", today: date) -> "list[TeamOfYear]":
    """Return the teams in which a partnership works today, newest institute first.

    Those are registered at an institute that is not over; between institutes, the newest one's.
    """
    stand = [team for team in teams if team.registered and not team.cancelled]
    stand.sort(key=lambda team: (team.last_day or date.max, str(team.id)), reverse=True)
    running = [team for team in stand if team.last_day is None or team.last_day >= today]
    return running or stand[:1]


def who_of(teams: "Iterable[TeamOfYear]", today: date) -> Who:
    """Return who belongs to a partnership today: confirmed seats and leads of its present teams.

    Someone in several teams counts once, as they sit in the newest; someone who leads and sits
    keeps the office of the seat.
    """
    found: dict[UUID, Member] = {}
    for team in present_teams(teams, today):
        leads = {lead.person_id: lead for lead in team.leads}
        speaking = LEADER_OFFICES | (SCHOOL_LEADER_OFFICES if team.site else frozenset())
        for seat in team.seats:
            if seat.person_id is None or seat.ended_at is not None or not seat.confirmed:
                continue
            lead = leads.get(seat.person_id)
            side = table_side(seat.side) or (table_side(lead.side) if lead else None)
            member = Member(
                person_id=seat.person_id,
                name=seat.name,
                side=side,
                role_code=seat.role_codes[0],
                office=seat.label,
                speaks=lead is not None or not speaking.isdisjoint(seat.role_codes),
            )
            found.setdefault(seat.person_id, member)
        for lead in team.leads:
            found.setdefault(
                lead.person_id,
                Member(
                    person_id=lead.person_id,
                    name=lead.name,
                    side=table_side(lead.side),
                    role_code="",
                    office="",
                    speaks=True,
                ),
            )
    order = sorted(found.values(), key=lambda one: (not one.speaks, one.name, str(one.person_id)))
    return Who(members=tuple(order))
