"""Drafts of places that a worker finds: taken, told how far, kept, ended."""

from collections.abc import Sequence
from uuid import UUID

from consortium import clock, errands
from consortium.audit import service as audit
from consortium.database import db
from consortium.words import say
from events.agenda.domain.allotting import Found
from events.agenda.domain.asks import Case
from events.agenda.domain.drafting import Asked
from events.agenda.engine.apart import Question, answer_to
from events.agenda.service.drafts import basis_of, case_at, get_draft
from events.institutes.models import Institute
from events.schedule.domain.proposing import kept_sentence
from events.schedule.domain.ranking import DraftState, RankingRefused
from events.schedule.models import PlacesDraft


def take_draft(draft_id: UUID) -> Question | None:
    """Take a draft, so that no other worker does, and read what it is found from.

    Returns ``None`` where another worker was first, or where it has failed for good.
    """

    def read(draft: PlacesDraft) -> Question:
        asked = Asked.kept(draft.settings)
        case = case_at(db.session.get_one(Institute, draft.institute_id), asked)
        return Question(case=case, seed=asked.seed)

    return errands.take(PlacesDraft, draft_id, read=read, fail=fail_draft)


def settle_draft(draft_id: UUID, case: Case, found: Found) -> None:
    """Keep what was found, and from what. A draft that was stopped keeps nothing."""
    draft = errands.held(PlacesDraft, draft_id)
    if draft is None:
        return
    draft.basis = basis_of(case)
    draft.answers = [one.written() for one in found.told]
    draft.proven = found.proven
    draft.state, draft.ended_at = DraftState.DONE, clock.now()
    db.session.flush()


def fail_draft(draft_id: UUID, why: Sequence[str]) -> None:
    """End a draft without a result, with the sentences that say why; one can try again."""
    draft = errands.held(PlacesDraft, draft_id)
    if draft is None:
        return
    draft.trouble = [kept_sentence(one) for one in why]
    draft.state, draft.ended_at = DraftState.FAILED, clock.now()
    db.session.flush()


def stop_draft(institute: Institute, draft_id: UUID, *, by: str) -> None:
    """End a search for places that nobody wants any more; its worker stops within seconds.

    Raises ``NotFound``, or ``RankingRefused`` when it has ended already.
    """
    draft = get_draft(institute, draft_id)
    stopped = kept_sentence(say("It was stopped before it had a result."))
    if not errands.stop(PlacesDraft, draft.id, trouble=[stopped]):
        raise RankingRefused(say("This draft is found already. Look at it."))
    audit.record("stop_draft", f"institute:{institute.id}", by=by, before={"draft": draft.number})


def find_now(draft: PlacesDraft) -> None:
    """Find a draft here and now, for who tells a story and has no worker beside."""
    question = take_draft(draft.id)
    if question is None:
        return
    kind, said = answer_to(question)
    if kind == "done":
        settle_draft(draft.id, question.case, said)  # type: ignore[arg-type]
    else:
        fail_draft(draft.id, said)  # type: ignore[arg-type]
    db.session.refresh(draft)
