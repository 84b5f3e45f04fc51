"""Take a proposal over into the draft, whole or in part, and lock sessions against proposals."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import update

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Conflict
from consortium.words import say
from events.institutes.models import Institute
from events.schedule.domain.proposing import (
    Asked,
    Figures,
    Move,
    ProposalRefused,
    ProposalState,
    moved,
    new_clashes,
)
from events.schedule.models import ProgrammeProposal, Session
from events.schedule.service.drafting import edit_session, plan_cancelling
from events.schedule.service.drafts import basis_of, draft_of, move_in
from events.schedule.service.proposals import get_proposal
from events.schedule.service.sessions import every_session_of
from events.schedule.service.turns import hold_sessions


@dataclass(frozen=True, kw_only=True)
class MoveView:
    """What a proposal does to one session, for the page."""

    session_id: UUID
    code: str
    title: str
    move: Move


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A proposal beside the draft."""

    proposal: ProgrammeProposal
    moves: tuple[MoveView, ...]
    before: Figures
    after: Figures
    outdated: bool
    """Whether the draft, a room or a lock was changed since it was made."""


def compared(proposal: ProgrammeProposal) -> Compared | None:
    """Return the proposal beside the draft; ``None`` where it has no result."""
    if not proposal.figures:
        return None
    rows = {row.id: row for row in every_session_of(proposal.institute_id)}
    moves = [move_in(one) for one in proposal.moves]
    return Compared(
        proposal=proposal,
        moves=tuple(
            MoveView(
                session_id=one.session_id,
                code=rows[one.session_id].code,
                title=rows[one.session_id].drafted.title,
                move=one,
            )
            for one in moves
            if one.session_id in rows
        ),
        before=Figures(**proposal.figures["before"]),
        after=Figures(**proposal.figures["after"]),
        outdated=basis_of(proposal.institute_id) != proposal.basis,
    )


def accept_proposal(
    institute: Institute, proposal_id: UUID, only: Collection[UUID], *, by: str
) -> Sequence[Session]:
    """Write what a proposal moves into the draft, of ``only`` these sessions; return them.

    Nobody is told before the programme is published. Raises ``Conflict`` where the draft, a room
    or a lock was changed since it was made, or someone accepted it; ``ProposalRefused`` where no
    session was ticked, or where what is left out clashes with what is taken.
    """
    hold_sessions(institute.id)
    proposal = get_proposal(institute.id, proposal_id)
    if basis_of(institute.id) != proposal.basis:
        raise Conflict(
            say(
                "The programme was changed since this proposal was made, so it was not accepted. "
                "Ask for a new one."
            )
        )
    draft = draft_of(institute, Asked())
    moves = [one for one in map(move_in, proposal.moves) if one.session_id in only]
    if not moves:
        raise ProposalRefused(say("Tick at least one session that is to change."))
    rooms = {room.name: room for room in draft.rooms}
    after = moved(draft.sessions, moves, rooms)
    if clashes := new_clashes(draft.sessions, after, rooms):
        raise ProposalRefused(
            say(
                "Taken in part like this, it would clash. Tick what belongs together, or leave it "
                "out: %(clashes)s",
                clashes=" ".join(clashes),
            )
        )
    _mark(proposal, by=by)
    rows = {row.id: row for row in every_session_of(institute.id)}
    for move in moves:
        _write(institute, rows[move.session_id], move, by=by)
    audit.record(
        "accept_proposal",
        f"programme_proposal:{proposal.id}",
        by=by,
        after={"sessions": sorted(rows[one.session_id].code for one in moves)},
    )
    return [rows[one.session_id] for one in moves]


def lock_session(session: Session, *, time: bool, room: bool, by: str) -> None:
    """Let proposals leave a session at its time, in its room, or let both be free again."""
    db.session.refresh(session, with_for_update=True)
    before = {"time": session.keeps_time, "room": session.keeps_room}
    after = {"time": time, "room": room}
    if before == after:
        return
    session.keeps_time, session.keeps_room = time, room
    db.session.flush()
    audit.record("lock_session", f"session:{session.id}", by=by, before=before, after=after)


def _mark(proposal: ProgrammeProposal, *, by: str) -> None:
    marked = db.session.execute(
        update(ProgrammeProposal)
        .where(ProgrammeProposal.id == proposal.id, ProgrammeProposal.state == ProposalState.DONE)
        .values(state=ProposalState.ACCEPTED, accepted_at=clock.now(), accepted_by=by)
        .returning(ProgrammeProposal.id)
    ).scalar()
    if marked is None:
        raise Conflict(say("This proposal has no result that could be accepted any more."))
    db.session.refresh(proposal)


def _write(institute: Institute, session: Session, move: Move, *, by: str) -> None:
    if move.after is None:
        plan_cancelling(institute, session, by=by)
        return
    to, spec = move.after, session.drafted
    edit_session(
        institute,
        session,
        replace(
            spec,
            starts=to.starts,
            ends=to.ends,
            room=to.room,
            venue=spec.venue if to.room == spec.room else "",
            choice_group=to.choice_group,
        ),
        version=session.version,
        by=by,
    )
