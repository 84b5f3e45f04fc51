"""Teams: judged as their roles stand, and led by someone."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import selectinload

from consortium.database import db
from events.institutes.models import Institute
from events.registration.domain import Member, TeamDraft, judge
from events.registration.models import (
    HELD_SEATS,
    OfficeAnswer,
    Seat,
    SeatStatus,
    Team,
    TeamKind,
    TeamLead,
    TeamStatus,
    Waiver,
)

Stored: TypeAlias = Row[UUID, str, str | None, bool | None, list[str]]
"""A team's id, state, LEA, and what is stored of its completeness."""
LIVE = (Team.kind == TeamKind.TEAM, Team.status != TeamStatus.WITHDRAWN)


def misjudged() -> Iterator[str]:
    """Find live teams of which something else is stored than their roles give today."""
    asked = select(Institute).where(Institute.id.in_(select(Team.institute_id).where(*LIVE)))
    for institute in db.session.scalars(asked.options(selectinload(Institute.roles))).all():
        answers = _answers(institute)
        for row, draft in _drafts(institute):
            verdict = judge(draft, institute.terms, answers.get(row.lea_id, {}))
            stored, judged = (row.complete, row.missing), (verdict.complete, [*verdict.missing])
            if stored != judged:
                yield (
                    f"team:{row.id} is stored as complete: {stored[0]}, missing {stored[1]}; "
                    f"judged again it is {judged[0]}, missing {judged[1]}."
                )


def _drafts(institute: Institute) -> Iterator[tuple[Stored, TeamDraft]]:
    """Return the institute's live teams as they are judged.

    Rows, not objects: there may be a hundred thousand seats.
    """
    seats = select(
        Seat.team_id, Seat.name, Seat.role_code, Seat.also_role_codes, Seat.status
    ).where(
        Seat.tenant_id == institute.tenant_id,
        Seat.institute_id == institute.id,
        Seat.status.in_(HELD_SEATS),
    )
    members: dict[UUID, list[Member]] = defaultdict(list)
    kept: Counter[UUID] = Counter()
    for seat in db.session.execute(seats.order_by(Seat.position)):
        if seat.status is SeatStatus.UNCLAIMED:
            kept[seat.team_id] += 1
            continue
        codes = (seat.role_code, *seat.also_role_codes)
        members[seat.team_id].append(Member(name=seat.name, role_codes=codes))
    waivers: dict[UUID, dict[str, str]] = defaultdict(dict)
    given = select(Waiver.team_id, Waiver.role_code, Waiver.reason).join(
        Team, Waiver.team_id == Team.id
    )
    here = (Team.tenant_id == institute.tenant_id, Team.institute_id == institute.id)
    for team_id, code, reason in db.session.execute(given.where(*here)):
        waivers[team_id][code] = reason
    teams = select(Team.id, Team.state, Team.lea_id, Team.complete, Team.missing)
    for row in db.session.execute(teams.where(*LIVE, *here)):
        yield (
            row,
            TeamDraft(
                state=row.state,
                members=tuple(members[row.id]),
                kept=kept[row.id],
                waivers=waivers[row.id],
            ),
        )


def _answers(institute: Institute) -> Mapping[str, Mapping[str, bool]]:
    """Return what LEAs said of their offices to the institute's consortium."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    said = select(OfficeAnswer.lea_id, OfficeAnswer.role_code, OfficeAnswer.exists).where(
        OfficeAnswer.tenant_id == institute.tenant_id
    )
    for lea_id, code, there in db.session.execute(said):
        found[lea_id][code] = there
    return found


def without_lead() -> Iterator[str]:
    """Find live teams that nobody leads, or two people of one side."""
    led = exists().where(TeamLead.team_id == Team.id)
    lost = select(Team.id).where(Team.status != TeamStatus.WITHDRAWN, ~led)
    for team_id in db.session.scalars(lost):
        yield f"team:{team_id} has no lead."
    twice = (
        select(TeamLead.team_id, TeamLead.side)
        .group_by(TeamLead.team_id, TeamLead.side)
        .having(func.count() > 1)
    )
    for row in db.session.execute(twice):
        yield f"team:{row.team_id} has two leads of one side ({row.side.value})."
