"""The pages of proposals for programmes, in each state in which one can be."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from consortium.words import say
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain.proposing import (
    Asked,
    Move,
    ProposalState,
    Reason,
    kept_sentence,
    where_of,
)
from events.schedule.models import ProgrammeProposal
from events.schedule.service.drafts import basis_of, kept_move

MANAGE = "/garden-coast/manage/institutes"
OWNER = cast.COORDINATOR.key
ILL = Asked(reason=Reason.ILL, about="Renee Castellano")
FIGURES = {
    "before": {"ranked": 40, "heard": 31, "walks": 3, "clashes": 2},
    "after": {"ranked": 40, "heard": 38, "walks": 1, "clashes": 0},
}


def visits_of_proposals(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Give a result that can be taken in part, none, one that is too old, and one under way."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        if db.session.scalar(select(ProgrammeProposal.id).limit(1)) is None:
            with transaction():
                for slug, state in STATES.items():
                    _keep(slug, state)
    for slug in STATES:
        yield ("schedule.propose", f"{MANAGE}/{slug}/propose", OWNER)
    yield ("schedule.propose", f"{MANAGE}/roundtable/propose", OWNER)
    yield ("schedule.lock_session", f"{MANAGE}/fall-convening/sessions/d1-solve/lock", OWNER)


OUTDATED = "learning-cohort"
STATES = {
    "fall-convening": ProposalState.DONE,
    "summer-institute": ProposalState.ACCEPTED,
    "winter-academy": ProposalState.FAILED,
    "learning-cohort": ProposalState.DONE,
    "story-day": ProposalState.RUNNING,
}


def _keep(slug: str, state: ProposalState) -> None:
    institute = db.session.scalars(select(Institute).where(Institute.slug == slug)).one()
    done = state in {ProposalState.DONE, ProposalState.ACCEPTED}
    proposal = ProgrammeProposal(
        institute_id=institute.id,
        number=1,
        reason=ILL.reason,
        asked=ILL.as_kept(),
        state=state,
        asked_at=clock.now(),
        asked_by=cast.COORDINATOR.email,
        basis=basis_of(institute.id) if slug != OUTDATED else {"rooms": {"Elsewhere": []}},
        figures=FIGURES if done else {},
    )
    if state is ProposalState.RUNNING:
        proposal.held_until, proposal.step, proposal.share = clock.now(), "search", 40
    else:
        proposal.ended_at = clock.now()
    if state is ProposalState.FAILED:
        proposal.trouble = [kept_sentence(say("No room can take “%(title)s”.", title="Stories"))]
    if state is ProposalState.ACCEPTED:
        proposal.accepted_at, proposal.accepted_by = clock.now(), cast.COORDINATOR.email
    if done:
        proposal.moves = _moves(institute)
    db.session.add(proposal)


def _moves(institute: Institute) -> list[dict[str, Any]]:
    """Return a move and a cancellation, each with its reason."""
    rows = [row for row in schedule.every_session_of(institute.id) if row.choice_group][:2]
    moves = []
    for row in rows:
        before = where_of(row.planned_draft)
        after = None if row is rows[0] else where_of(rows[0].planned_draft)
        why = [kept_sentence(say("%(name)s cannot come that day.", name=ILL.about))]
        move = Move(session_id=row.id, before=before, after=after)
        moves.append({**kept_move(move), "why": why})
    return moves
