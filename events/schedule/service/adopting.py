"""Take a proposal over into the draft, whole or in part, and lock sessions against proposals."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import or_, select, update

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Conflict
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled_by_now
from events.schedule.domain import SHOWN_IN_CALENDARS, differences
from events.schedule.domain.drafts import kept_as
from events.schedule.domain.proposing import (
    Asked,
    Figures,
    Move,
    ProposalRefused,
    ProposalState,
    moved,
    needed,
    new_clashes,
    sentence_in,
)
from events.schedule.models import ProgrammeProposal, Session
from events.schedule.service.drafting import is_public
from events.schedule.service.drafts import basis_of, draft_of, move_in
from events.schedule.service.finding import every_session_of
from events.schedule.service.forgetting import forget_session
from events.schedule.service.proposals import get_proposal
from events.schedule.service.sessions import checked_change, take_off, write_spec
from events.schedule.service.turns import hold_sessions


@dataclass(frozen=True, kw_only=True)
class MoveView:
    """What a proposal does to one session, for the page."""

    session_id: UUID
    code: str
    title: str
    move: Move
    why: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A proposal beside the draft."""

    proposal: ProgrammeProposal
    moves: tuple[MoveView, ...]
    before: Figures
    after: Figures
    outdated: bool
    """Whether the draft, a room or a lock was changed since it was made."""
    left_behind: tuple[str, ...] = ()
    """Sessions by their titles that stand fast and still need the room, or who cannot come."""


def compared(proposal: ProgrammeProposal) -> Compared | None:
    """Return the proposal beside the draft; ``None`` where it has no result."""
    if not proposal.figures:
        return None
    rows = {row.id: row for row in every_session_of(proposal.institute_id)}
    moves = [move_in(one) for one in proposal.moves]
    whys = [tuple(map(sentence_in, one.get("why", ()))) for one in proposal.moves]
    asked = Asked.kept(proposal.reason, proposal.asked)
    return Compared(
        proposal=proposal,
        moves=tuple(
            MoveView(
                session_id=one.session_id,
                code=rows[one.session_id].code,
                title=rows[one.session_id].drafted.title,
                move=one,
                why=why,
            )
            for one, why in zip(moves, whys, strict=True)
            if one.session_id in rows
        ),
        before=Figures(**proposal.figures["before"]),
        after=Figures(**proposal.figures["after"]),
        outdated=basis_of(proposal.institute_id) != proposal.basis,
        left_behind=tuple(
            one.title
            for one in moved([row.planned_draft for row in rows.values()], moves, {})
            if needed(one, asked)
        ),
    )


def accept_proposal(
    institute: Institute, proposal_id: UUID, only: Collection[UUID], *, by: str
) -> int:
    """Write what a proposal moves into the draft, of ``only`` these; return how many it changes.

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
    refuse_cancelled_by_now(institute)
    db.session.refresh(institute, ["status", "programme_held_back"])
    rows = {row.id: row for row in every_session_of(institute.id)}
    codes = {one: row.code for one, row in rows.items()}
    for move in moves:
        _write(institute, rows[move.session_id], move, by=by)
    audit.record(
        "accept_proposal",
        f"programme_proposal:{proposal.id}",
        by=by,
        before={codes[one.session_id]: one.before.as_kept() for one in moves},
        after={codes[one.session_id]: one.after.as_kept() if one.after else None for one in moves},
    )
    return len(moves)


def locked_sessions(institute_id: UUID) -> Sequence[Session]:
    """Return the sessions that proposals leave at their time or in their room."""
    statement = (
        select(Session)
        .where(
            Session.institute_id == institute_id,
            or_(Session.keeps_time, Session.keeps_room),
        )
        .order_by(Session.starts_at, Session.code)
    )
    return db.session.scalars(statement).all()


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
    """Let the draft of a session be as proposed; the whole act has one row in the record."""
    if move.after is None:
        _cancel(institute, session, by=by)
        return
    to, spec = move.after, session.drafted
    spec = replace(
        spec,
        starts=to.starts,
        ends=to.ends,
        room=to.room,
        venue=spec.venue if to.room == spec.room else "",
        choice_group=to.choice_group,
    )
    public = is_public(institute, session)
    spec, changes = checked_change(institute, session, spec, version=session.version, draft=public)
    if public:
        session.draft = dict(kept_as(spec)) if differences(session.spec, spec) else None
    else:
        write_spec(session, spec)
        if SHOWN_IN_CALENDARS.intersection(name for name, *_ in changes):
            session.sequence += 1
    session.edited_by = by
    session.version += 1
    db.session.flush()


def _cancel(institute: Institute, session: Session, *, by: str) -> None:
    if is_public(institute, session):
        session.draft_cancelled = True
        session.edited_by = by
        session.version += 1
        db.session.flush()
    elif session.taken:
        db.session.refresh(session, with_for_update=True)
        take_off(session)
    else:
        forget_session(session)
