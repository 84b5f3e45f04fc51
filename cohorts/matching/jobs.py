"""Do the searches for peers that coordinators asked for, each in a process of its own."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

import structlog
from flask import Flask

from cohorts.matching.engine.question import Question
from cohorts.matching.service import searches
from cohorts.matching.service.gathering import Group
from consortium import jobs
from consortium.children import Child, Errand, Errands, Process
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.tenancy import as_tenant
from consortium.words import say

LIMIT_SECONDS = 240.0
"""So long a search may take; the largest that was measured needs a fifth of it."""

Launch = Callable[[Sequence[Question]], Child]

log = structlog.get_logger()


def launched(questions: Sequence[Question]) -> Child:
    """Begin a search in a process of its own."""
    return Process("cohorts.matching.engine.apart", tuple(questions))


class Searches(Errands[Group]):
    """The searches that this worker does, and has not ended yet."""

    def __init__(self, launch: Launch = launched, *, limit: float = LIMIT_SECONDS) -> None:
        """Prepare the work; ``limit`` seconds are the most that one may take."""
        super().__init__(launch, limit)

    def waiting(self) -> Iterable[tuple[UUID, UUID]]:
        """Return the searches that are asked for."""
        return searches.waiting_searches()

    def take(self, errand_id: UUID) -> Group | None:
        """Take one in hand."""
        return searches.take_search(errand_id)

    def question(self, asked: Group) -> Sequence[Question]:
        """Return what the child is asked."""
        return asked.questions

    def tell(self, errand_id: UUID, step: str, share: float) -> bool:
        """Keep how far it is."""
        return searches.tell_progress(errand_id, step, share)

    def end(self, errand: Errand[Group], kind: str, said: Sequence[Any]) -> None:
        """Keep what was found."""
        if kind != "done":
            self.ended_silently(errand)
            return
        try:
            with as_tenant(errand.tenant_id), transaction():
                searches.settle_search(errand.id, errand.asked, said[0])
        except Refusal as refusal:
            self._fail(errand, refusal.message)

    def ended_silently(self, errand: Errand[Group]) -> None:
        """Keep that there is no answer."""
        self._fail(errand, say("The search ended without an answer. Try it again."))

    def took_too_long(self, errand: Errand[Group]) -> None:
        """Keep that it was ended."""
        self._fail(errand, say("The search took too long and was ended. Try it again."))

    def _fail(self, errand: Errand[Group], why: str) -> None:
        log.warning("search for peers failed", search=str(errand.id), why=why)
        with as_tenant(errand.tenant_id), transaction():
            searches.fail_search(errand.id, why)


def init_app(app: Flask) -> None:
    """Let the worker look in each of its rounds."""
    app.extensions["peer_searches"] = Searches()
    jobs.register(app, search_for_peers)


def search_for_peers(app: Flask) -> int:
    """Do what is to do for the searches that were asked for; return how many went on."""
    work: Searches = app.extensions["peer_searches"]
    return work.step()
