"""Find the drafts of places that were asked for, each in a process of its own."""

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
from events.agenda.engine.apart import Question
from events.agenda.service import finding

LIMIT_SECONDS = 120.0
"""So long a draft may take, then its process is ended; three thousand people take two seconds."""

Launch = Callable[[Question], Child]

log = structlog.get_logger()


def launched(question: Question) -> Child:
    """Begin to find places in a process of its own."""
    return Process("events.agenda.engine.apart", question)


class PlacesDrafts(Errands[Question]):
    """The drafts of places that this worker finds, and has not ended yet."""

    def __init__(self, launch: Launch = launched, *, limit: float = LIMIT_SECONDS) -> None:
        """Prepare the work; ``limit`` seconds are the most that one may take."""
        super().__init__(launch, limit)

    def waiting(self) -> Iterable[tuple[UUID, UUID]]:
        """Return the drafts that are asked for."""
        return finding.waiting_drafts()

    def take(self, errand_id: UUID) -> Question | None:
        """Take one in hand."""
        return finding.take_draft(errand_id)

    def question(self, asked: Question) -> Question:
        """Return what the child is asked: what everyone wants, as it was read."""
        return asked

    def tell(self, errand_id: UUID, step: str, share: float) -> bool:
        """Keep how far it is."""
        return finding.tell_progress(errand_id, step, share)

    def end(self, errand: Errand[Question], kind: str, said: Sequence[Any]) -> None:
        """Keep the draft, or why there is none."""
        if kind == "done":
            with as_tenant(errand.tenant_id), transaction():
                finding.settle_draft(errand.id, errand.asked.case, said[0])
        else:
            self._fail(errand, said[0])

    def ended_silently(self, errand: Errand[Question]) -> None:
        """Keep that there is no result."""
        self._fail(errand, say("It ended without a result. Try again."))

    def took_too_long(self, errand: Errand[Question]) -> None:
        """Keep that it was ended."""
        why = say("It took too long and was ended. Try again, or with fewer rounds at once.")
        self._fail(errand, why)

    def _fail(self, errand: Errand[Question], why: str) -> None:
        log.warning("no draft of places", draft=str(errand.id), why=str(why))
        with as_tenant(errand.tenant_id), transaction():
            finding.fail_draft(errand.id, why)


def init_app(app: Flask) -> None:
    """Let the worker look in each of its rounds."""
    app.extensions["places_drafts"] = PlacesDrafts()
    jobs.register(app, find_places)


def find_places(app: Flask) -> int:
    """Do what is to do for the drafts that were asked for; return how many went on."""
    work: PlacesDrafts = app.extensions["places_drafts"]
    return work.step()
