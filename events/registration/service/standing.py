"""How a team stands: judged by the roles its institute asks for, holding the places it needs."""

from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from blinker import Signal
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from consortium.database import db
from consortium.outbox import service as outbox
from events.institutes.domain import Strength
from events.institutes.models import Institute
from events.registration.domain import Member, TeamDraft, Verdict, judge
from events.registration.models import (
    HOLDING_PLACES,
    OfficeAnswer,
    Team,
    TeamKind,
    TeamStatus,
)
from events.registration.service.places import hold_places

team_settled = Signal("who comes in a team, or whether it comes, has changed")
"""Sent with the team, inside the act that changed it: what a team owes follows who comes."""


def verdict_of(team: Team) -> Verdict | None:
    """Return what is complete, what is missing and why; ``None`` for visitors."""
    if not team.comes_as_team:
        return None
    asks = any(role.strength is Strength.IF_APPLICABLE for role in team.institute.roles)
    return _judged(team, office_answers(team.lea_id) if asks else {})


def office_answers(lea_id: str | None) -> Mapping[str, bool]:
    """Return which offices the LEA has said it has or has not."""
    statement = select(OfficeAnswer.role_code, OfficeAnswer.exists).where(
        OfficeAnswer.lea_id == lea_id
    )
    return {row.role_code: row.exists for row in db.session.execute(statement)}


def settle(team: Team) -> Verdict | None:
    """Judge the team anew and hold the places that its seats ask for, after a change.

    A reminder of what it lacked that has not left yet is dropped: it would list what was.
    Raises ``Waitable`` when a registered team grew and there is no place for it. Flushes.
    """
    outbox.supersede(f"unfinished:{team.id}")
    verdict = judge_team(team)
    db.session.flush()
    if team.status in HOLDING_PLACES:
        hold_places(team)
        db.session.flush()
    team_settled.send(team)
    return verdict


def judge_team(team: Team) -> Verdict | None:
    """Judge the team and write down what is complete and what is missing."""
    verdict = verdict_of(team)
    _write_down(team, verdict)
    return verdict


def judge_again(*, institute_id: UUID | None = None, lea_id: str | None = None) -> None:
    """Judge every live team of an institute or an LEA again, after its terms or answers changed."""
    judged = select(Team).where(Team.kind == TeamKind.TEAM, Team.status != TeamStatus.WITHDRAWN)
    if institute_id is not None:
        judged = judged.where(Team.institute_id == institute_id)
    if lea_id is not None:
        judged = judged.where(Team.lea_id == lea_id)
    for team, verdict in verdicts_of(judged):
        _write_down(team, verdict)
    db.session.flush()


def verdicts_of(teams: Select[Team]) -> Iterator[tuple[Team, Verdict]]:
    """Judge the teams that a query finds, in a few statements however many they are."""
    statement = teams.options(
        selectinload(Team.seats),
        selectinload(Team.waivers),
        joinedload(Team.institute).selectinload(Institute.roles),
    ).order_by(Team.id)
    found = db.session.scalars(statement).all()
    answers = _answers_of({(team.tenant_id, team.lea_id) for team in found if team.lea_id})
    for team in found:
        yield team, _judged(team, answers.get((team.tenant_id, team.lea_id), {}))


def _judged(team: Team, answers: Mapping[str, bool]) -> Verdict:
    draft = TeamDraft(
        state=team.state,
        members=tuple(
            Member(name=seat.name, role_codes=seat.role_codes) for seat in team.active_seats
        ),
        kept=len(team.held_seats) - len(team.active_seats),
        waivers={waiver.role_code: waiver.reason for waiver in team.waivers},
    )
    return judge(draft, team.institute.terms, answers)


def _write_down(team: Team, verdict: Verdict | None) -> None:
    team.complete = verdict.complete if verdict else None
    team.missing = list(verdict.missing) if verdict else []


def _answers_of(
    leas: Collection[tuple[UUID, str]],
) -> Mapping[tuple[UUID, str | None], Mapping[str, bool]]:
    """Return what LEAs said of their offices, to each consortium by itself."""
    statement = select(OfficeAnswer).where(OfficeAnswer.lea_id.in_({lea_id for _, lea_id in leas}))
    found: dict[tuple[UUID, str | None], dict[str, bool]] = {}
    for answer in db.session.scalars(statement):
        said = found.setdefault((answer.tenant_id, answer.lea_id), {})
        said[answer.role_code] = answer.exists
    return found
