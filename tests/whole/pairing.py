"""The world's peers, and what its hosts say of them: pairs that never meet, limits, weights."""

from uuid import UUID

from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.searching import SearchKind, Wish
from consortium.database import db, transaction
from events.institutes.models import Institute
from events.registration.models import Seat
from tests.cohorts.matching.meeting import work
from tests.whole.world import INSTITUTE, SLUG, World


def match_peers(world: World, institute: Institute) -> None:
    """Publish ``size`` runs and leave a draft; let one person withdraw; let all look."""
    coordinator = world.people["coordinator"].email
    for _ in range(world.size):
        with world.app.test_request_context(), transaction():
            run = matching.run_matching(institute.id, by=coordinator, each=max(1, world.size))
            if not run.matches:
                break
            matching.publish_run(run.id, by=coordinator)
    with world.app.test_request_context(), transaction():
        matching.run_matching(institute.id, by=coordinator, each=max(1, world.size))
    gone = f"union{world.size + 1}"
    world.browser(gone).post(f"/{SLUG}/institutes/{INSTITUTE}/peers", data={"action_key": "g"})
    for key in world.seats:
        world.browser(key).get(f"/{SLUG}/institutes/{INSTITUTE}/peers")
    world.browser("coordinator").post(
        f"/{SLUG}/manage/institutes/{INSTITUTE}/remind",
        data={"kinds": ["confirm", "submit", "complete"], "action_key": "r"},
    )


def say_of_peers(world: World, institute: Institute) -> None:
    """Forbid ``size`` pairs and limit ``size`` people; change the weights; try others out."""
    by = world.people["coordinator"].email
    visitor = _person("visitor", world)
    own = matching.own_weights()
    for n in range(world.size):
        with transaction():
            someone = _person(f"super{n + 1}", world)
            why = f"forbid{n}canary"
            matching.forbid_pair(institute.id, someone, visitor, reason=why, by=by)
            matching.change_limit(someone, matching.Limit(most=2, mentor=True), by=by)
    with world.app.test_request_context(), transaction():
        matching.change_weights({**own.said, "help_both": 26}, version=own.version, by=by)
        wish = Wish(kind=SearchKind.WHAT_IF, each=1, weights={**own.said, "role_other": None})
        matching.ask_search(institute.id, wish, by=by)
    work()


def _person(key: str, world: World) -> UUID:
    return db.session.scalars(select(Seat.person_id).where(Seat.id == world.seats[key])).one()
