"""Make the proposals that were asked for, each in a process of its own."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Flask

from consortium import jobs
from consortium.children import Errands
from consortium.words import say
from events.schedule.engine.drafted import Question
from events.schedule.models import ProgrammeProposal
from events.schedule.service import proposals


class Proposals(Errands[Question]):
    """The proposals that this worker makes, and has not ended yet."""

    table = ProgrammeProposal
    module = "events.schedule.engine.apart"
    seconds = 90.0
    """Twice what the engine is given."""
    silent = say("It ended without a result. Ask again.")
    late = say("It took too long and was ended. Ask again.")

    def take(self, errand_id: UUID) -> Question | None:
        """Take one in hand: the draft as it is now."""
        return proposals.take_proposal(errand_id)

    def settle(self, errand_id: UUID, asked: Question, found: Any) -> None:
        """Keep the proposal."""
        proposals.settle_proposal(errand_id, asked, found)

    def fail(self, errand_id: UUID, why: Sequence[str]) -> None:
        """Keep why there is none."""
        proposals.fail_proposal(errand_id, why)


def init_app(app: Flask) -> None:
    """Let the worker look in each of its rounds."""
    app.extensions["programme_proposals"] = Proposals()
    jobs.register(app, make_proposals)


def make_proposals(app: Flask) -> int:
    """Do what is to do for the proposals that were asked for; return how many went on."""
    work: Proposals = app.extensions["programme_proposals"]
    return work.step()
