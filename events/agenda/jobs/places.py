"""Find the drafts of places that were asked for, each in a process of its own."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Flask

from consortium import jobs
from consortium.children import Errands
from consortium.words import say
from events.agenda.engine.apart import Question
from events.agenda.service import finding
from events.schedule.models import PlacesDraft


class PlacesDrafts(Errands[Question]):
    """The drafts of places that this worker finds, and has not ended yet."""

    table = PlacesDraft
    module = "events.agenda.engine.apart"
    seconds = 120.0
    """Three thousand people take two."""
    late = say("It took too long and was ended. Try again, or with fewer rounds at once.")

    def take(self, errand_id: UUID) -> Question | None:
        """Take one in hand: what everyone wants, as it is now."""
        return finding.take_draft(errand_id)

    def settle(self, errand_id: UUID, asked: Question, found: Any) -> None:
        """Keep the draft."""
        finding.settle_draft(errand_id, asked.case, found)

    def fail(self, errand_id: UUID, why: Sequence[str]) -> None:
        """Keep why there is none."""
        finding.fail_draft(errand_id, why)


def init_app(app: Flask) -> None:
    """Let the worker look in each of its rounds."""
    app.extensions["places_drafts"] = PlacesDrafts()
    jobs.register(app, find_places)


def find_places(app: Flask) -> int:
    """Do what is to do for the drafts that were asked for; return how many went on."""
    work: PlacesDrafts = app.extensions["places_drafts"]
    return work.step()
