"""Who handed in and who did not: the host's page, and all files in one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consortium.files.models import StoredFile
from events.deliverables.domain import (
    AskedTeam,
    Review,
    Standing,
    Tally,
    counted_of,
    parties_of,
    standing_of,
    waiting_of,
)
from events.deliverables.domain.agreeing import party_in_words
from events.deliverables.domain.standing import is_late
from events.deliverables.models import Deliverable, HandIn
from events.deliverables.service.asking import asked_at
from events.deliverables.service.papers import hand_ins_by_team
from events.deliverables.service.teams import teams_asked
from events.institutes.models import Institute


@dataclass(frozen=True, kw_only=True)
class RollLine:
    """One team on the host's page."""

    team: AskedTeam
    standing: Standing
    late: bool
    number: int | None
    """The version that counts."""
    filename: str
    note: str
    uploaded_at: datetime | None
    waits_for: tuple[str, ...]
    review: Review
    review_note: str
    file: StoredFile | None


@dataclass(frozen=True, kw_only=True)
class Roll:
    """All teams with what they handed in, by name."""

    deliverable: Deliverable
    lines: tuple[RollLine, ...]

    @property
    def tally(self) -> Tally:
        """How far the teams are."""
        return Tally.of([line.standing for line in self.lines], sum(one.late for one in self.lines))

    @property
    def missing(self) -> tuple[RollLine, ...]:
        """The teams of which nothing counts yet."""
        still = {Standing.MISSING, Standing.WAITING}
        return tuple(line for line in self.lines if line.standing in still)


def roll_of(institute: Institute, deliverable: Deliverable) -> Roll:
    """Return who handed in, by six queries however many teams there are."""
    labels = {role.code: role.label for role in institute.roles}
    teams = teams_asked(institute.id)
    papers = hand_ins_by_team([deliverable.id])
    return _roll(deliverable, teams, papers[deliverable.id], labels)


def tallies_of(institute: Institute) -> Sequence[tuple[Deliverable, Tally]]:
    """Return how far the teams are with each thing that is asked for."""
    asked = asked_at(institute.id)
    teams = teams_asked(institute.id) if asked else []
    papers = hand_ins_by_team([one.id for one in asked])
    return [(one, _roll(one, teams, papers[one.id], {}).tally) for one in asked]


def counted_files(roll: Roll) -> Sequence[tuple[tuple[str, ...], StoredFile]]:
    """Return the files that count, each in a folder of its team."""
    return [((line.team.title, line.file.filename), line.file) for line in roll.lines if line.file]


def _roll(
    deliverable: Deliverable,
    teams: Sequence[AskedTeam],
    papers: Mapping[UUID, Sequence[HandIn]],
    labels: Mapping[str, str],
) -> Roll:
    lines = tuple(_line(deliverable, team, papers.get(team.id, ()), labels) for team in teams)
    return Roll(deliverable=deliverable, lines=lines)


def _line(
    deliverable: Deliverable,
    team: AskedTeam,
    hand_ins: Sequence[HandIn],
    labels: Mapping[str, str],
) -> RollLine:
    needed = parties_of(deliverable.spec, team.facts)
    papers = [one.paper(needed) for one in hand_ins]
    counted, waiting = counted_of(papers), waiting_of(papers)
    by_number = {one.number: one for one in hand_ins}
    shown = by_number[counted.number] if counted else None
    waits = by_number[waiting.number].waits_for(needed) if waiting else ()
    return RollLine(
        team=team,
        standing=standing_of(papers, deliverable.due_at),
        late=counted is not None and is_late(counted, deliverable.due_at),
        number=shown.number if shown else None,
        filename=shown.file.filename if shown else "",
        note=shown.note if shown else "",
        uploaded_at=shown.uploaded_at if shown else None,
        waits_for=tuple(party_in_words(party, labels) for party in waits),
        review=shown.review if shown else Review.OPEN,
        review_note=shown.review_note if shown else "",
        file=shown.file if shown else None,
    )
