"""Who may look at a cohort's year, and who may run its meetings."""

from dataclasses import dataclass
from uuid import UUID

from cohorts.learning.models import CohortStaff
from cohorts.learning.service.coaching import assigned_to, looks_after
from cohorts.learning.service.partnerships import team_at
from consortium.errors import NotFound
from consortium.words import say
from events.facade import meetings as facade
from events.facade.meetings import MeetingView
from events.facade.teams import TeamOfYear


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Someone before the pages of one cohort."""

    person_id: UUID | None
    hosts: bool
    """Whether they may see every team's people, as those who work for the consortium may."""
    assigned: tuple[CohortStaff, ...]
    """What they facilitate or coach of this cohort."""

    @property
    def runs_it(self) -> bool:
        """Whether they see the cohort as those do who run it, or a part of it."""
        return self.hosts or bool(self.assigned)

    def runs(self, team: TeamOfYear) -> bool:
        """Whether they may write down who came of a team, and how it made up for meetings."""
        return self.hosts or any(looks_after(one, team) for one in self.assigned)


def reader_of(institute_id: UUID, person_id: UUID | None, *, hosts: bool) -> Reader:
    """Return as whom someone comes to the pages of a cohort."""
    mine = assigned_to(person_id) if person_id else ()
    return Reader(
        person_id=person_id,
        hosts=hosts,
        assigned=tuple(one for one in mine if one.institute_id == institute_id),
    )


def require_running(reader: Reader) -> None:
    """Raise ``NotFound`` for who neither hosts, facilitates nor coaches this cohort."""
    if not reader.runs_it:
        raise NotFound(say("There is no such cohort."))


def team_for(team_id: UUID, person_id: UUID | None, *, hosts: bool) -> tuple[TeamOfYear, Reader]:
    """Return a team of a cohort to its people, its coaches and its hosts.

    Raises ``NotFound`` for everyone else, and for a team that is not registered.
    """
    team = team_at(team_id)
    reader = reader_of(team.institute_id, person_id, hosts=hosts)
    if not team.registered or not (belongs(team, person_id) or reader.runs(team)):
        raise NotFound(say("There is no such team."))
    return team, reader


def belongs(team: TeamOfYear, person_id: UUID | None) -> bool:
    """Tell whether someone sits in a team now, or leads it."""
    if person_id is None:
        return False
    sits = any(
        seat.person_id == person_id and seat.confirmed and seat.ended_at is None
        for seat in team.seats
    )
    return sits or any(lead.person_id == person_id for lead in team.leads)


def meeting_to_run(institute_id: UUID, code: str, reader: Reader) -> MeetingView:
    """Return a published meeting for whoever runs it. Raises ``NotFound``."""
    require_running(reader)
    return facade.meeting_at(institute_id, code)
