"""Proposals for a programme: asked for, made by a worker, told how far, ended."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from consortium import clock, errands
from consortium.audit import service as audit
from consortium.database import db, hold, translating
from consortium.errors import Conflict, NotFound
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.domain.proposing import (
    Asked,
    ProposalRefused,
    ProposalState,
    figures_of,
    kept_sentence,
    moved,
)
from events.schedule.domain.reasons import reasons_of
from events.schedule.engine.drafted import Draft, Question, moves_of, question_of
from events.schedule.engine.values import Placement
from events.schedule.models import ONE_PROPOSAL, ProgrammeProposal
from events.schedule.service.drafts import basis_of, draft_of, kept_figures, kept_move


def ask_proposal(institute: Institute, asked: Asked, *, by: str) -> ProgrammeProposal:
    """Ask a worker for a programme that is better, or for one without what fell out.

    Raises ``ProposalRefused`` where nothing could move, and ``Conflict`` while another proposal
    for the institute has not ended.
    """
    refuse_cancelled(institute)
    _question(draft_of(institute, asked))  # says now what the worker would say later
    hold(Institute.id, institute.id)  # so that nobody else takes the same number meanwhile
    last = db.session.scalar(
        select(func.max(ProgrammeProposal.number)).where(
            ProgrammeProposal.institute_id == institute.id
        )
    )
    proposal = ProgrammeProposal(
        institute_id=institute.id,
        number=(last or 0) + 1,
        reason=asked.reason,
        asked=asked.as_kept(),
        asked_at=clock.now(),
        asked_by=by,
    )
    db.session.add(proposal)
    running = Conflict(say("A proposal is being made. Wait until it is done, then look at it."))
    with translating(ONE_PROPOSAL, into=running):
        db.session.flush()
    audit.record(
        "ask_proposal",
        f"programme_proposal:{proposal.id}",
        by=by,
        after={"reason": asked.reason, **asked.as_kept()},
    )
    return proposal


def last_proposal(institute_id: UUID) -> ProgrammeProposal | None:
    """Return the proposal that was asked for last."""
    return db.session.scalar(
        select(ProgrammeProposal)
        .where(ProgrammeProposal.institute_id == institute_id)
        .order_by(ProgrammeProposal.number.desc())
        .limit(1)
    )


def get_proposal(institute_id: UUID, proposal_id: UUID) -> ProgrammeProposal:
    """Return a proposal for this institute. Raises ``NotFound``."""
    found = db.session.scalar(
        select(ProgrammeProposal).where(
            ProgrammeProposal.id == proposal_id, ProgrammeProposal.institute_id == institute_id
        )
    )
    if found is None:
        raise NotFound(say("There is no such proposal."))
    return found


def take_proposal(proposal_id: UUID) -> Question | None:
    """Take a proposal, so that no other worker does, and read what it is made from.

    Returns ``None`` where another worker was first, or where it has failed for good.
    """

    def read(proposal: ProgrammeProposal) -> Question:
        institute = db.session.get_one(Institute, proposal.institute_id)
        question = _question(draft_of(institute, Asked.kept(proposal.reason, proposal.asked)))
        proposal.basis = basis_of(institute.id)
        db.session.flush()
        return question

    return errands.take(ProgrammeProposal, proposal_id, read=read, fail=fail_proposal)


def settle_proposal(proposal_id: UUID, question: Question, placements: Sequence[Placement]) -> None:
    """Keep what was found beside the draft it was made from. What was stopped keeps nothing."""
    proposal = errands.held(ProgrammeProposal, proposal_id)
    if proposal is None:
        return
    institute = db.session.get_one(Institute, proposal.institute_id)
    if basis_of(institute.id) != proposal.basis:
        changed = say("The programme was changed while the proposal was made. Ask again.")
        fail_proposal(proposal_id, [changed])
        return
    draft = draft_of(institute, Asked.kept(proposal.reason, proposal.asked))
    rooms = {room.name: room for room in draft.rooms}
    moves = moves_of(question, draft.sessions, placements)
    wishes = [[UUID(one) for one in person.choices] for person in draft.people]
    after = moved(draft.sessions, moves, rooms)
    whys = reasons_of(draft.sessions, moves, draft.asked, wishes, rooms)
    proposal.moves = [
        {**kept_move(one), "why": [kept_sentence(why) for why in whys.get(one.session_id, ())]}
        for one in moves
    ]
    proposal.figures = {
        "before": kept_figures(figures_of(draft.sessions, wishes, rooms)),
        "after": kept_figures(figures_of(after, wishes, rooms)),
    }
    proposal.state, proposal.ended_at = ProposalState.DONE, clock.now()
    db.session.flush()


def fail_proposal(proposal_id: UUID, why: Sequence[str]) -> None:
    """End a proposal without a result, with the sentences that say why; one can ask again."""
    proposal = errands.held(ProgrammeProposal, proposal_id)
    if proposal is None:
        return
    proposal.trouble = [kept_sentence(one) for one in why]
    proposal.state, proposal.ended_at = ProposalState.FAILED, clock.now()
    db.session.flush()


def stop_proposal(institute: Institute, proposal_id: UUID, *, by: str) -> None:
    """End a proposal that nobody wants any more; its worker stops within seconds.

    Raises ``NotFound``, or ``ProposalRefused`` when it has ended already.
    """
    proposal = get_proposal(institute.id, proposal_id)
    stopped = kept_sentence(say("It was stopped before it had a result."))
    if not errands.stop(ProgrammeProposal, proposal.id, trouble=[stopped]):
        raise ProposalRefused(say("This proposal has ended already."))
    audit.record("stop_proposal", f"programme_proposal:{proposal_id}", by=by)


def _question(draft: Draft) -> Question:
    question = question_of(draft)
    if not question.programme.rooms:
        raise ProposalRefused(
            say(
                "No room is left to hold sessions in. Write down the rooms of this institute first."
            )
        )
    if not question.programme.sessions and not question.cancelled:
        raise ProposalRefused(
            say(
                "Nothing could move: a proposal moves sessions that people choose between, or that "
                "are for some roles alone, and that have a date already."
            )
        )
    return question
