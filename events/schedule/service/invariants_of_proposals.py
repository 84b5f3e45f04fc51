"""Proposals: each has what its state says, moves only what it was made from, and is not left."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select

from consortium import clock
from consortium.database import db
from consortium.verify.domain import Check
from events.schedule.domain.proposing import OPEN, ProposalState
from events.schedule.models import ProgrammeProposal, Session

PATIENCE = timedelta(minutes=10)
"""How long a proposal may wait for a worker; one takes two minutes at most."""
HAS: Mapping[ProposalState, frozenset[str]] = {
    ProposalState.WAITING: frozenset(),
    ProposalState.RUNNING: frozenset({"held_until", "basis"}),
    ProposalState.DONE: frozenset({"ended_at", "basis", "figures"}),
    ProposalState.FAILED: frozenset({"ended_at", "trouble"}),
    ProposalState.ACCEPTED: frozenset(
        {"ended_at", "basis", "figures", "moves", "accepted_at", "accepted_by"}
    ),
}
"""What a proposal of each state has."""
MAY_HAVE = {
    ProposalState.WAITING: {"basis"},
    ProposalState.RUNNING: set[str](),
    ProposalState.DONE: {"moves"},
    ProposalState.FAILED: {"basis"},
    ProposalState.ACCEPTED: set[str](),
}
"""And what it may have beside that; until when it is held says nothing once it has ended."""
TOLD = ("ended_at", "basis", "figures", "moves", "trouble", "accepted_at", "accepted_by")


def not_as_their_state() -> Iterator[str]:
    """Find proposals that lack what their state says, or have what it excludes."""
    for row in _proposals():
        has = {name for name in (*TOLD, "held_until") if getattr(row, name)}
        lacks = HAS[row.state] - has
        over = has.intersection(TOLD) - HAS[row.state] - MAY_HAVE[row.state]
        if lacks:
            yield f"programme_proposal:{row.id} is {row.state} without {_listed(lacks)}."
        if over:
            yield f"programme_proposal:{row.id} is {row.state} and has {_listed(over)}."


def moving_what_is_not_theirs() -> Iterator[str]:
    """Find moves of sessions, or into rooms, that their institute did not have, or twice."""
    at: dict[UUID, UUID] = dict(db.session.execute(select(Session.id, Session.institute_id)).all())
    for row in _proposals():
        sessions, rooms = row.basis.get("sessions", {}), row.basis.get("rooms", {})
        moved = [one["session"] for one in row.moves]
        if len(set(moved)) < len(moved):
            yield f"programme_proposal:{row.id} moves a session twice."
        for one in row.moves:
            here = at.get(UUID(one["session"]), row.institute_id) == row.institute_id
            if one["session"] not in sessions or not here:
                yield f"programme_proposal:{row.id} moves session:{one['session']} of elsewhere."
            room = one["after"]["room"] if one["after"] else ""
            if room and room not in rooms:
                yield f"programme_proposal:{row.id} moves a session to a room of elsewhere."


def left_lying() -> Iterator[str]:
    """Find proposals that no worker takes in hand."""
    since = clock.now() - PATIENCE
    left = or_(
        and_(ProgrammeProposal.state == ProposalState.WAITING, ProgrammeProposal.asked_at < since),
        and_(
            ProgrammeProposal.state == ProposalState.RUNNING, ProgrammeProposal.held_until < since
        ),
    )
    rows = select(ProgrammeProposal.id).where(ProgrammeProposal.state.in_(OPEN), left)
    for proposal_id in db.session.scalars(rows.order_by(ProgrammeProposal.id)):
        yield f"programme_proposal:{proposal_id} waits for a worker for more than ten minutes."


CHECKS: Sequence[Check] = (
    Check(
        code="I7-proposals",
        words="A proposal for a programme has what its state says, and nothing else.",
        find=not_as_their_state,
    ),
    Check(
        code="I34-proposals",
        words="Proposals move sessions of their institute, each once, into its rooms.",
        find=moving_what_is_not_theirs,
    ),
    Check(
        code="I2-proposals",
        words="No proposal waits for a worker for more than ten minutes.",
        find=left_lying,
    ),
)


def _proposals() -> Sequence[ProgrammeProposal]:
    return db.session.scalars(select(ProgrammeProposal).order_by(ProgrammeProposal.id)).all()


def _listed(names: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names))
