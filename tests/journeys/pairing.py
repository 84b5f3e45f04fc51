"""Pages about peers beside the draft: a locked pair, other rules tried, a limit, a refusal."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from flask import Flask

from cohorts.matching import service as matching
from cohorts.matching.domain.searching import SearchKind, Wish
from cohorts.matching.jobs import Searches
from consortium.database import transaction
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events import facade
from tests.cohorts.matching.meeting import Here

FILES = frozenset({"matching.weights_file"})
GARDEN = "/garden-coast"
MANAGED = f"{GARDEN}/manage/institutes/summer-institute/peers"
OWN = f"{GARDEN}/institutes/summer-institute/peers"


def visits_of_peers(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Give the pages, with something on each of them: a draft, a search that goes on, a limit."""
    owner, member = cast.COORDINATOR.key, cast.PARTICIPANT.key
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        institute = facade.institute_of("summer-institute")
        people = matching.agreed_people(institute.id)
        me = next(each.person_id for each in people if each.email == cast.PARTICIPANT.email)
        peer = matching.contacts_of(institute.id, me).peers[0].person_id
        with app.test_request_context():
            draft_id = _prepare(institute.id, [each.person_id for each in people])
    mentor = people[1].person_id
    yield ("matching.show", MANAGED, owner)
    yield ("matching.past", f"{MANAGED}/{draft_id}", owner)
    yield ("matching.locks", f"{MANAGED}/locks", owner)
    yield ("matching.locks", f"{MANAGED}/locks", owner, {"reason": "long " * 50})
    yield ("matching.people", f"{MANAGED}/people", owner)
    yield ("matching.limit", f"{MANAGED}/people/{me}", owner)
    yield ("matching.limit", f"{MANAGED}/people/{mentor}", owner, {"most": "0"})
    yield ("matching.what_if", f"{MANAGED}/what-if", owner)
    yield ("matching.weights", f"{GARDEN}/settings/peers", owner)
    yield ("matching.weights", f"{GARDEN}/settings/peers", owner, {"goal_rank_values": "many"})
    yield ("matching.own_limit", f"{OWN}/limit", member)
    yield ("matching.decline", f"{OWN}/{peer}/decline", member)


def _prepare(institute_id: UUID, people: Sequence[UUID]) -> UUID:
    by = cast.COORDINATOR.email
    with transaction():
        matching.forbid_pair(
            institute_id, people[0], people[-1], reason="A dispute is pending.", by=by
        )
        matching.change_limit(people[1], matching.Limit(most=2, mentor=True), by=by)
        draft = matching.run_matching(institute_id, by)
        matching.ask_search(institute_id, Wish(kind=SearchKind.WHAT_IF, each=2), by=by)
    searches = Searches(Here)
    while searches.step():
        pass
    with transaction():
        matching.ask_search(institute_id, Wish(kind=SearchKind.AGAIN), by=by)
    return draft.id
