"""Whose people a run of matches is about: one institute's, or two institutes' or groups'."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_

from cohorts.matching.models import MatchRun
from cohorts.matching.service.people import Person, people_of
from events.facade.groups import groups_of_teams


def institutes_of(run: MatchRun) -> tuple[UUID, ...]:
    """Return the institutes whose people the run matches, its own first."""
    if run.other_id is None or run.other_id == run.institute_id:
        return (run.institute_id,)
    return run.institute_id, run.other_id


def at_institute(institute_id: UUID) -> ColumnElement[bool]:
    """Return the condition of runs that match people of this institute."""
    return or_(MatchRun.institute_id == institute_id, MatchRun.other_id == institute_id)


@dataclass(frozen=True, kw_only=True)
class Between:
    """Between whom a round is, where it is not among all people of one institute."""

    other_id: UUID | None = None
    own_group: str = ""
    other_group: str = ""

    @property
    def two(self) -> bool:
        """Whether people of one side meet those of the other alone."""
        return self.other_id is not None


def between(run: MatchRun) -> Between:
    """Return between whom a run was."""
    return Between(other_id=run.other_id, own_group=run.own_group, other_group=run.other_group)


def sides_of(
    institute_id: UUID, whom: Between
) -> tuple[Mapping[UUID, Person], Mapping[UUID, Person]]:
    """Return who is on either side of a round between two; nobody is on both.

    Who would be on both is of the institute's own side.
    """
    own = _of_group(institute_id, whom.own_group)
    other = _of_group(whom.other_id, whom.other_group) if whom.other_id else {}
    return own, {id_: person for id_, person in other.items() if id_ not in own}


def _of_group(institute_id: UUID, group: str) -> Mapping[UUID, Person]:
    people = people_of(institute_id)
    if not group:
        return people
    groups = groups_of_teams(institute_id)
    return {
        id_: person
        for id_, person in people.items()
        if any(groups.get(team_id) == group for team_id in person.team_ids)
    }
