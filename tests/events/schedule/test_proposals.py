"""Proposals for a programme: asked for, made, compared, accepted in whole or in part."""

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.errors import Conflict
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import RoomSpec
from events.schedule.domain.proposing import (
    Asked,
    ProposalRefused,
    ProposalState,
    Reason,
)
from events.schedule.models import ProgrammeProposal, RankedRound, Ranking, Session
from tests.events.schedule.proposing import Dead, ask, everything, made, session, work
from tests.events.schedule.sessions import BY
from tests.factories import make_lea, make_team, soon


def rank(institute: Institute, *codes: str) -> None:
    round_ = RankedRound(institute_id=institute.id, choice_group="stories", until=soon(3))
    db.session.add(round_)
    db.session.flush()
    team = make_team(institute, make_lea("3400001", "Lakeshore"))
    ids = [str(session(institute, code).id) for code in codes]
    db.session.add(
        Ranking(round_id=round_.id, seat_id=team.seats[0].id, wanted=ids, ranked_at=soon(1))
    )
    db.session.commit()


def test_a_proposal_undoes_clashes_and_lets_people_hear_what_they_ranked(draft: Institute) -> None:
    rank(draft, "c", "d")
    proposal = made(draft)
    assert proposal.state is ProposalState.DONE
    assert (proposal.figures["before"]["clashes"], proposal.figures["before"]["heard"]) == (1, 1)
    assert (proposal.figures["after"]["clashes"], proposal.figures["after"]["heard"]) == (0, 2)
    assert session(draft, "a").starts == session(draft, "b").starts, "nothing changes by itself"
    schedule.accept_proposal(draft, proposal.id, everything(proposal), by=BY)
    db.session.commit()
    assert session(draft, "a").starts != session(draft, "b").starts
    assert session(draft, "c").starts != session(draft, "d").starts
    assert proposal.accepted_by == BY
    with pytest.raises(Conflict):
        schedule.accept_proposal(draft, proposal.id, everything(proposal), by=BY)


def test_of_a_public_programme_accepting_writes_the_draft_only(draft: Institute) -> None:
    draft.status = Status.PUBLISHED
    db.session.commit()
    proposal = made(draft)
    schedule.accept_proposal(draft, proposal.id, everything(proposal), by=BY)
    db.session.commit()
    assert session(draft, "a").starts == session(draft, "b").starts
    assert schedule.pending(draft).anything


def test_a_part_that_makes_a_clash_is_refused_by_name(draft: Institute) -> None:
    proposal = made(draft)
    moves = dict.fromkeys(everything(proposal))
    first = next(one for one in moves if db.session.get_one(Session, one).code in {"a", "b"})
    with pytest.raises(ProposalRefused, match=r"used twice|two places"):
        schedule.accept_proposal(draft, proposal.id, [first], by=BY)
    with pytest.raises(ProposalRefused, match="Tick at least one"):
        schedule.accept_proposal(draft, proposal.id, [], by=BY)


def test_a_draft_that_changed_meanwhile_is_a_conflict(draft: Institute) -> None:
    proposal = made(draft)
    schedule.lock_session(session(draft, "c"), time=True, room=False, by=BY)
    db.session.commit()
    with pytest.raises(Conflict, match="changed since"):
        schedule.accept_proposal(draft, proposal.id, everything(proposal), by=BY)


def test_a_locked_session_stays_and_locks_that_exclude_a_plan_are_named(draft: Institute) -> None:
    for code in "a", "c":
        schedule.lock_session(session(draft, code), time=True, room=True, by=BY)
    proposal = made(draft)
    assert {str(session(draft, code).id) for code in "ac"}.isdisjoint(
        one["session"] for one in proposal.moves
    )
    schedule.lock_session(session(draft, "b"), time=True, room=False, by=BY)
    proposal = made(draft)
    assert proposal.state is ProposalState.FAILED
    assert "Ann" in str(proposal.trouble)


def test_who_is_ill_on_the_day_cancels_only_what_nobody_else_holds(draft: Institute) -> None:
    proposal = made(draft, Asked(reason=Reason.ILL, about="ann"))
    gone = {one["session"] for one in proposal.moves if one["after"] is None}
    assert gone == {str(session(draft, code).id) for code in "ab"}
    assert len(proposal.moves) == len(gone), "nothing else has to move"
    schedule.accept_proposal(draft, proposal.id, everything(proposal), by=BY)
    db.session.commit()
    assert {one.code for one in schedule.every_session_of(draft.id)} == {"c", "d"}


def test_a_lost_room_moves_only_what_was_in_it(draft: Institute) -> None:
    db.session.delete(session(draft, "a"))
    db.session.delete(session(draft, "d"))
    db.session.commit()
    proposal = made(draft, Asked(reason=Reason.LOST_ROOM, about="Blue"))
    assert [one["after"]["room"] for one in proposal.moves] == ["Green"]
    assert everything(proposal) == [session(draft, "c").id]


def test_one_proposal_at_a_time_and_one_that_died_says_so(draft: Institute) -> None:
    proposal = ask(draft)
    with pytest.raises(Conflict, match="being made"):
        schedule.ask_proposal(draft, Asked(), by=BY)
    db.session.rollback()
    work(Dead)
    db.session.refresh(proposal)
    assert proposal.state is ProposalState.FAILED
    assert "Ask again" in str(proposal.trouble)
    assert made(draft).state is ProposalState.DONE


def test_a_session_goes_where_its_room_has_what_it_needs(draft: Institute) -> None:
    """The engine moves it, and whoever leaves that part out would have it without."""
    room = next(one for one in schedule.rooms_of(draft.id) if one.name == "Green")
    schedule.put_room(draft, RoomSpec(name="Green", features=("Piano",)), by=BY, room=room)
    session(draft, "c").features = ["piano"]
    db.session.commit()
    proposal = made(draft)
    after = {one["session"]: one["after"]["room"] for one in proposal.moves}
    assert after[str(session(draft, "c").id)] == "Green"
    assert (proposal.figures["before"]["clashes"], proposal.figures["after"]["clashes"]) == (2, 0)


def test_a_cancellation_that_is_taken_over_is_one_act(draft: Institute) -> None:
    session(draft, "c").taken = 3
    db.session.commit()
    proposal = made(draft, Asked(reason=Reason.CANCELLED, about="c"))
    schedule.accept_proposal(draft, proposal.id, everything(proposal), by=BY)
    db.session.commit()
    assert session(draft, "c").cancelled_at is not None
    acts = [entry.act for entry in db.session.scalars(select(AuditEntry))]
    assert (acts.count("accept_proposal"), acts.count("cancel_session")) == (1, 0)


def test_without_rooms_nothing_can_be_proposed(institute: Institute) -> None:
    with pytest.raises(ProposalRefused, match="rooms"):
        schedule.ask_proposal(institute, Asked(), by=BY)
    assert db.session.scalar(select(ProgrammeProposal)) is None
