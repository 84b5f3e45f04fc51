"""The routes of proposals for a programme: who may call what, and what each act writes down."""

from collections.abc import Mapping

from consortium.database import db
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import RoomSpec
from events.schedule.domain.proposing import ProposalState, Reason
from events.schedule.models import ProgrammeProposal
from events.schedule.service.drafts import basis_of
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import RUNS_IT, Policy
from tests.factories import NOON, make_institute, make_session

runs_it = Policy(may=RUNS_IT)
planning = Policy(
    may=RUNS_IT, names={"proposal_id": "planning_id"}, told_on_page=frozenset({"planning_id"})
)
proposed = Policy(may=RUNS_IT, names={"slug": "proposed_at", "proposal_id": "proposed_id"})

POLICIES: Mapping[str, Policy] = {
    "schedule.propose GET": runs_it,
    "schedule.ask_proposal POST": runs_it,
    "schedule.stop_proposal POST": planning,
    "schedule.accept_proposal POST": proposed,
    "schedule.lock_session GET": runs_it,
    "schedule.lock_session POST": runs_it,
}
PAGE = "schedule.propose GET"
ACTS: Mapping[str, Act] = {
    "schedule.ask_proposal POST": Act(named="ask_proposal", on=PAGE, at={"slug": "proposed_at"}),
    "schedule.stop_proposal POST": Act(
        named="stop_proposal",
        on=PAGE,
        at={"slug": "planning_at", "proposal_id": "planning_id"},
        changes=False,
    ),
    "schedule.accept_proposal POST": Act(
        named="accept_proposal", on=PAGE, at={"slug": "proposed_at", "proposal_id": "proposed_id"}
    ),
    "schedule.lock_session POST": Act(named="lock_session", fills={"time": "y"}),
}


def proposals_at(slug: str) -> dict[str, object]:
    """Keep a proposal under way and one to be accepted, each at an institute of its own."""
    planned, done = make_institute(f"{slug}-planned"), make_institute(f"{slug}-proposed")
    return {
        "planning_at": planned.slug,
        "proposed_at": done.slug,
        "planning_id": _proposal(planned, ProposalState.WAITING).id,
        "proposed_id": _proposal(done, ProposalState.DONE).id,
    }


def _proposal(institute: Institute, state: ProposalState) -> ProgrammeProposal:
    schedule.put_room(institute, RoomSpec(name="Attic"), by="test")
    session = make_session(
        institute,
        "story",
        "2026-05-01T10:00",
        "2026-05-01T11:00",
        kind="breakout",
        choice_group="stories",
        capacity=9,
    )
    here = {"starts": "2026-05-01T10:00:00", "ends": "2026-05-01T11:00:00"}
    before = {**here, "room": "", "choice_group": "stories"}
    figures = {"ranked": 0, "heard": 0, "walks": 0, "clashes": 0}
    proposal = ProgrammeProposal(
        institute_id=institute.id,
        number=1,
        reason=Reason.BETTER,
        asked={"about": "", "on": None},
        state=state,
        asked_at=NOON,
        asked_by="test",
        ended_at=NOON if state is ProposalState.DONE else None,
        basis=basis_of(institute.id),
        moves=[
            {
                "session": str(session.id),
                "before": before,
                "after": {**before, "room": "Attic"},
            }
        ],
        figures={"before": figures, "after": figures},
    )
    db.session.add(proposal)
    db.session.flush()
    return proposal
