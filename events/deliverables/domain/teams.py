"""A team that is asked for something, as host and reminders see it."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from consortium.people.domain import Side
from events.deliverables.domain.agreeing import TeamFacts


@dataclass(frozen=True, kw_only=True)
class LeadContact:
    """Someone to write to about a team, and for whom they agree."""

    person_id: UUID
    name: str
    email: str
    side: Side


@dataclass(frozen=True, kw_only=True)
class AskedTeam:
    """A team that is asked, as host and reminders see it."""

    id: UUID
    title: str
    leads: tuple[LeadContact, ...]
    holders: tuple[tuple[LeadContact, tuple[str, ...]], ...]
    """Members who have confirmed, with their roles."""

    @property
    def facts(self) -> TeamFacts:
        """Who is who, for agreeing."""
        roles: dict[str, set[UUID]] = defaultdict(set)
        for holder, codes in self.holders:
            for code in codes:
                roles[code].add(holder.person_id)
        return TeamFacts(
            leads={lead.person_id: lead.side for lead in self.leads},
            roles={code: frozenset(people) for code, people in roles.items()},
        )
