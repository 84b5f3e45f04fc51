"""Each office says how far it is with its duties; the partnership sees all of them together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from cohorts.learning.domain.partners import present_teams
from cohorts.plans.domain import PlanRefused
from cohorts.plans.domain.duties import Duty, Group
from cohorts.plans.domain.readiness import (
    Answered,
    GroupSummary,
    Ready,
    group_of,
    summary,
)
from cohorts.plans.models import ONE_ANSWER, ReadinessAnswer
from cohorts.plans.service.checklist import checklist_now
from cohorts.plans.service.finding import Reader, Seen, see_partnership
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.people.domain import Side
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class ReadinessPage:
    """A partnership's readiness as one of its people, its coach or the host sees it."""

    seen: Seen
    groups: tuple[GroupSummary, ...]
    group: Group | None
    """Whose duties the reader has; nobody's for who only reads."""
    duties: tuple[Duty, ...]
    said: Mapping[str, Ready]
    """What the reader said before, by duty."""


def readiness_of(partnership_id: UUID, reader: Reader) -> ReadinessPage:
    """Return how far everyone says they are. Raises ``NotFound`` for strangers."""
    seen = see_partnership(partnership_id, reader)
    rows = _answers(seen.partnership.id)
    sides = _sides(seen)
    own = sides.get(reader.person_id) if reader.person_id is not None else None
    group = group_of(own) if own is not None else None
    checklist, _ = checklist_now()
    answers = [
        Answered(
            person_id=row.person_id,
            office=row.office,
            duty=row.duty,
            ready=row.ready,
            at=row.answered_at,
        )
        for row in rows
    ]
    return ReadinessPage(
        seen=seen,
        groups=summary(checklist, answers, sides),
        group=group,
        duties=checklist.duties_of(group) if group else (),
        said={
            row.duty: row.ready
            for row in rows
            if row.person_id == reader.person_id and checklist.still_asks(row.duty, row.answered_at)
        },
    )


def answer_duties(partnership_id: UUID, said: Mapping[str, Ready], reader: Reader) -> int:
    """Keep what someone says of the own duties; return how many answers changed. Flushes.

    Raises ``NotFound`` for strangers, ``PlanRefused`` for who has no duties here.
    """
    page = readiness_of(partnership_id, reader)
    member = page.seen.member
    if member is None or page.group is None:
        raise PlanRefused(say("These duties are answered by the people of the partnership."))
    own = {duty.code for duty in page.duties}
    there = {row.duty: row for row in _answers(partnership_id) if row.person_id == member.person_id}
    changed = 0
    for code, ready in said.items():
        row = there.get(code)
        if code not in own or page.said.get(code) is ready:
            continue
        if row is None:
            row = ReadinessAnswer(
                partnership_id=partnership_id, person_id=member.person_id, duty=code
            )
            db.session.add(row)
        row.ready, row.office, row.answered_at = ready, member.office, clock.now()
        changed += 1
    at_once = PlanRefused(say("You sent this twice at the same moment. Look at the page again."))
    with translating(ONE_ANSWER, into=at_once):
        db.session.flush()
    audit.record(
        "answer_duties",
        f"partnership:{partnership_id}",
        by=reader.email,
        after={"changed": changed},
    )
    return changed


def _answers(partnership_id: UUID) -> Sequence[ReadinessAnswer]:
    statement = select(ReadinessAnswer).where(ReadinessAnswer.partnership_id == partnership_id)
    return db.session.scalars(statement.order_by(ReadinessAnswer.id)).all()


def _sides(seen: Seen) -> Mapping[UUID, Side]:
    """Return everyone of the partnership now, by the side of the own office."""
    found: dict[UUID, Side] = {}
    here = {member.person_id for member in seen.who.members}
    for team in present_teams(seen.teams, seen.today):
        for seat in team.seats:
            if seat.person_id in here and seat.ended_at is None and seat.confirmed:
                found.setdefault(seat.person_id, seat.side)
        for lead in team.leads:
            if lead.person_id in here:
                found.setdefault(lead.person_id, lead.side)
    return found
