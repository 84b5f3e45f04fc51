"""`consortium verify` finds each proposal that was broken by hand, and nothing in a sound one."""

from typing import Any
from uuid import uuid4

import pytest

from consortium import clock
from consortium.database import db
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain.proposing import ProposalState
from events.schedule.models import ProgrammeProposal
from events.schedule.service.invariants_of_proposals import CHECKS, PATIENCE
from tests.consortium.verify.breaking import violations
from tests.events.schedule.proposing import ask, everything, made
from tests.events.schedule.sessions import BY
from tests.factories import make_institute, make_session

BROKEN: tuple[tuple[dict[str, Any], str], ...] = (
    ({"ended_at": None}, "is done without ended_at."),
    ({"figures": {}}, "is done without figures."),
    ({"accepted_by": BY}, "is done and has accepted_by."),
    ({"state": ProposalState.FAILED, "moves": []}, "is failed without trouble."),
    ({"state": ProposalState.RUNNING, "held_until": None}, "is running without held_until."),
    ({"state": ProposalState.ACCEPTED, "accepted_by": BY}, "is accepted without accepted_at."),
)
STATE, MOVES, LEFT = (check.code for check in CHECKS)


def found(proposal: ProgrammeProposal) -> dict[str, list[str]]:
    """Return what each check finds, without the name of the one proposal there is."""
    prefix = f"programme_proposal:{proposal.id} "
    said = {check.code: violations(check.code) for check in CHECKS}
    return {code: [one.removeprefix(prefix) for one in each] for code, each in said.items() if each}


@pytest.fixture
def done(draft: Institute) -> ProgrammeProposal:
    """Return a sound proposal."""
    proposal = made(draft)
    assert found(proposal) == {}
    return proposal


def test_a_proposal_that_is_not_as_its_state_says(done: ProgrammeProposal) -> None:
    for broken, said in BROKEN:
        sound = {name: getattr(done, name) for name in broken}
        for name, value in broken.items():
            setattr(done, name, value)
        assert said in found(done)[STATE]
        for name, value in sound.items():
            setattr(done, name, value)
    assert found(done) == {}


def test_moves_of_other_sessions_and_rooms(draft: Institute, done: ProgrammeProposal) -> None:
    first = done.moves[0]
    elsewhere = make_session(make_institute("fall"), "x", "2026-05-01T10:00", "2026-05-01T11:00")
    for strange in (str(uuid4()), str(elsewhere.id)):
        done.moves = [{**first, "session": strange}]
        assert found(done) == {MOVES: [f"moves session:{strange} of elsewhere."]}
    basis = done.basis
    done.basis = {**basis, "sessions": {**basis["sessions"], str(elsewhere.id): [1, False, False]}}
    assert found(done) == {MOVES: [f"moves session:{elsewhere.id} of elsewhere."]}
    done.moves = [first, first]
    assert found(done) == {MOVES: ["moves a session twice."]}
    done.moves = [{**first, "after": {**first["after"], "room": "Cellar"}}]
    assert found(done) == {MOVES: ["moves a session to a room of elsewhere."]}


def test_one_that_was_accepted_and_whose_sessions_went_is_sound(
    draft: Institute, done: ProgrammeProposal
) -> None:
    schedule.accept_proposal(draft, done.id, everything(done), by=BY)
    db.session.delete(schedule.get_session(draft, "a", drafts=True))
    db.session.commit()
    assert found(done) == {}


def test_one_that_no_worker_takes(draft: Institute, frozen: Any) -> None:
    proposal = ask(draft)
    assert found(proposal) == {}
    frozen(clock.now() + PATIENCE * 1.1)
    assert found(proposal) == {LEFT: ["waits for a worker for more than ten minutes."]}
