"""Do the searches that coordinators asked for, each in a process of its own."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask

from cohorts.matching.engine.question import Question
from cohorts.matching.models import PeerSearch, TeamSearch
from cohorts.matching.service import (
    asking,
    call_mails,
    following,
    group_search,
    lapsing,
    room,
    searches,
    team_searches,
)
from cohorts.matching.service.gathering import Group
from consortium import jobs
from consortium.calendar.exports import organizer_for
from consortium.children import Errands
from consortium.database import end_reading, transaction
from consortium.errors import Conflict
from consortium.outbox.exports import makes_several
from consortium.ports import Attachment
from consortium.tenancy import as_tenant
from consortium.words import say


class Searches(Errands[Group]):
    """The searches for peers that this worker does, and has not ended yet."""

    table = PeerSearch
    module = "cohorts.matching.engine.apart"
    seconds = 240.0
    """The largest that was measured needs a fifth of it."""
    silent = say("The search ended without an answer. Try it again.")
    late = say("The search took too long and was ended. Try it again.")

    def take(self, errand_id: UUID) -> Group | None:
        """Take one in hand."""
        return searches.take_search(errand_id)

    def question(self, asked: Group) -> Sequence[Question]:
        """Return what the child is asked."""
        return tuple(asked.questions)

    def settle(self, errand_id: UUID, asked: Group, found: Any) -> None:
        """Keep what was found."""
        searches.settle_search(errand_id, asked, found)

    def fail(self, errand_id: UUID, why: Sequence[str]) -> None:
        """Keep why there is nothing."""
        searches.fail_search(errand_id, why)


class TeamSearches(Errands[group_search.Question]):
    """The searches for tables and partner teams that this worker does, and has not ended yet."""

    table = TeamSearch
    module = "cohorts.matching.engine.teams.apart"
    seconds = 240.0
    """Partners of a thousand districts take up to sixty."""
    silent, late = Searches.silent, Searches.late

    def take(self, errand_id: UUID) -> group_search.Question | None:
        """Take one in hand."""
        return team_searches.take_team_search(errand_id)

    def question(self, asked: group_search.Question) -> object:
        """Return what the child is asked."""
        return asked.for_engine()

    def settle(self, errand_id: UUID, asked: group_search.Question, found: Any) -> None:
        """Keep the draft."""
        team_searches.settle_team_search(errand_id, asked, found)

    def fail(self, errand_id: UUID, why: Sequence[str]) -> None:
        """Keep why there is none."""
        team_searches.fail_team_search(errand_id, why)


def init_app(app: Flask) -> None:
    """Let the worker look in each of its rounds."""
    app.extensions["peer_searches"] = Searches()
    app.extensions["team_searches"] = TeamSearches()
    jobs.register(app, search_for_peers)
    jobs.register(app, search_for_groups)
    jobs.register(app, jobs.every(timedelta(minutes=1), offer_held_requests))
    jobs.register(app, jobs.every(timedelta(minutes=30), ask_how_it_goes))
    jobs.register(app, jobs.every(timedelta(minutes=30), lapse_unanswered))

    def make(named: str, mail_id: UUID) -> Sequence[Attachment]:
        return make_call_files(app, named, mail_id)

    makes_several(app, call_mails.CALL_FILES, make)


def search_for_peers(app: Flask) -> int:
    """Do what is to do for the searches for peers; return how many went on."""
    work: Searches = app.extensions["peer_searches"]
    return work.step()


def search_for_groups(app: Flask) -> int:
    """Do what is to do for the searches for tables and partners; return how many went on."""
    work: TeamSearches = app.extensions["team_searches"]
    return work.step()


def offer_held_requests(_app: Flask) -> int:
    """Put requests before people who have room again; return how many."""
    return jobs.one_by_one(room.people_with_held_requests, asking.offer_held, passing=Conflict)


def ask_how_it_goes(_app: Flask) -> int:
    """Ask people how their matches go, two and six weeks after they met; return how many."""
    return jobs.one_by_one(following.matches_to_follow, following.ask_how_it_goes)


def lapse_unanswered(_app: Flask) -> int:
    """End requests and suggestions that nobody answered in time; return how many."""
    requests = jobs.one_by_one(lapsing.requests_to_lapse, lapsing.lapse_request)
    return requests + jobs.one_by_one(lapsing.suggestions_to_lapse, lapsing.lapse_suggestion)


def make_call_files(app: Flask, named: str, mail_id: UUID) -> Sequence[Attachment]:
    """Return what brings one person's calendar up to date about a call, as its mail leaves."""
    end_reading()
    tenant_id, call_id, person_id = map(UUID, named.split(":"))
    with as_tenant(tenant_id), transaction():
        return call_mails.files_of(
            call_id,
            person_id,
            made_of=f"{call_mails.CALL_FILES}:{named}",
            mail_id=mail_id,
            organizer=organizer_for,
            writer=app.extensions["ports"].calendar,
        )
