"""Make the proposals that were asked for, each in a process of its own."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

import structlog
from flask import Flask

from consortium import jobs
from consortium.children import Child, Errand, Errands, Process
from consortium.database import transaction
from consortium.tenancy import as_tenant
from consortium.words import say
from events.schedule.engine.drafted import Question
from events.schedule.service import proposals

LIMIT_SECONDS = 90.0
"""So long a proposal may take, then its process is ended: twice what the engine is given."""

Launch = Callable[[Question], Child]

log = structlog.get_logger()


def launched(question: Question) -> Child:
    """Begin to make a proposal in a process of its own."""
    return Process("events.schedule.engine.apart", question)


class Proposals(Errands[Question]):
    """The proposals that this worker makes, and has not ended yet."""

    def __init__(self, launch: Launch = launched, *, limit: float = LIMIT_SECONDS) -> None:
        """Prepare the work; ``limit`` seconds are the most that one may take."""
        super().__init__(launch, limit)

    def waiting(self) -> Iterable[tuple[UUID, UUID]]:
        """Return the proposals that are asked for."""
        return proposals.waiting_proposals()

    def take(self, errand_id: UUID) -> Question | None:
        """Take one in hand."""
        return proposals.take_proposal(errand_id)

    def question(self, asked: Question) -> Question:
        """Return what the child is asked: the draft as it was read."""
        return asked

    def tell(self, errand_id: UUID, step: str, share: float) -> bool:
        """Keep how far it is."""
        return proposals.tell_progress(errand_id, step, share)

    def end(self, errand: Errand[Question], kind: str, said: Sequence[Any]) -> None:
        """Keep the proposal, or why there is none."""
        if kind == "done":
            with as_tenant(errand.tenant_id), transaction():
                proposals.settle_proposal(errand.id, errand.asked, said[0])
        elif kind == "none":
            self._fail(errand, said[0])
        else:
            why = say(
                "No programme that keeps every rule was found in time. Lock fewer sessions, or "
                "write down more rooms, then ask again."
            )
            self._fail(errand, [why])

    def ended_silently(self, errand: Errand[Question]) -> None:
        """Keep that there is no result."""
        self._fail(errand, [say("It ended without a result. Ask again.")])

    def took_too_long(self, errand: Errand[Question]) -> None:
        """Keep that it was ended."""
        self._fail(errand, [say("It took too long and was ended. Ask again.")])

    def _fail(self, errand: Errand[Question], why: Sequence[str]) -> None:
        log.warning("no proposal", proposal=str(errand.id), why=[str(each) for each in why])
        with as_tenant(errand.tenant_id), transaction():
            proposals.fail_proposal(errand.id, why)


def init_app(app: Flask) -> None:
    """Let the worker look in each of its rounds."""
    app.extensions["programme_proposals"] = Proposals()
    jobs.register(app, make_proposals)


def make_proposals(app: Flask) -> int:
    """Do what is to do for the proposals that were asked for; return how many went on."""
    work: Proposals = app.extensions["programme_proposals"]
    return work.step()
