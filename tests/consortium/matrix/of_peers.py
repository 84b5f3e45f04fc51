"""The routes of peers: who may call what, and what each act writes down."""

from collections.abc import Mapping

from cohorts.matching import service as matching
from cohorts.matching.domain.first_weights import first_weights
from cohorts.matching.domain.searching import SearchKind, SearchState, Wish
from cohorts.matching.models import PeerSearch
from consortium.database import db
from events.institutes.models import Institute
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.of_asking import asking_things
from tests.consortium.matrix.of_talking import talking_things
from tests.consortium.matrix.policy import RUNS_IT, Answer, Policy
from tests.factories import NOON, make_institute

runs_it = Policy(may=RUNS_IT)
has_a_seat = Policy(may=frozenset({"lead", "other lead", "member"}), others=Answer.MISSING)
a_peer = Policy(may=frozenset({"member"}), others=Answer.MISSING, names={"person_id": "peer_id"})
a_draft = Policy(may=RUNS_IT, names={"run_id": "draft_id"}, told_on_page=frozenset({"draft_id"}))
a_lock = Policy(may=RUNS_IT, told_on_page=frozenset({"lock_id"}))
a_search = Policy(
    may=RUNS_IT, names={"search_id": "open_search_id"}, told_on_page=frozenset({"open_search_id"})
)
a_tried_one = Policy(
    may=RUNS_IT, names={"search_id": "tried_id"}, told_on_page=frozenset({"tried_id"})
)
someone_who_agreed = Policy(may=RUNS_IT, names={"person_id": "peer_id"})

POLICIES: Mapping[str, Policy] = {
    "matching.show GET": runs_it,
    "matching.run POST": runs_it,
    "matching.again POST": runs_it,
    "matching.late POST": runs_it,
    "matching.stop POST": a_search,
    "matching.past GET": runs_it,
    "matching.publish POST": a_draft,
    "matching.discard POST": a_draft,
    "matching.locks GET": runs_it,
    "matching.lock POST": runs_it,
    "matching.unlock POST": a_lock,
    "matching.people GET": runs_it,
    "matching.limit GET": someone_who_agreed,
    "matching.limit POST": someone_who_agreed,
    "matching.what_if GET": runs_it,
    "matching.try_out POST": runs_it,
    "matching.weights GET": runs_it,
    "matching.weights POST": runs_it,
    "matching.weights_file GET": runs_it,
    "matching.upload_weights POST": runs_it,
    "matching.adopt_weights POST": a_tried_one,
    "matching.mine GET": has_a_seat,
    "matching.share POST": has_a_seat,
    "matching.accept POST": a_peer,
    "matching.terms POST": runs_it,
    "matching.own_limit GET": has_a_seat,
    "matching.own_limit POST": has_a_seat,
    "matching.decline GET": a_peer,
    "matching.decline POST": a_peer,
    "matching.csv GET": has_a_seat,
    "matching.disclosures GET": has_a_seat,
    "matching.vcard GET": a_peer,
    "matching.vcards GET": has_a_seat,
}
ACTS: Mapping[str, Act] = {
    "matching.run POST": Act(named="ask_search", on="matching.show GET"),
    "matching.again POST": Act(named="ask_search", on="matching.show GET"),
    "matching.late POST": Act(named="ask_search", on="matching.show GET", fills={"each": "3"}),
    "matching.stop POST": Act(
        named="cancel_search",
        on="matching.show GET",
        at={"slug": "searching", "search_id": "open_search_id"},
        changes=False,
    ),
    "matching.publish POST": Act(named="publish_run"),
    "matching.discard POST": Act(named="discard_run"),
    "matching.lock POST": Act(
        named="lock_pair", on="matching.locks GET", fills={"kind": "forbid", "reason": "Private."}
    ),
    "matching.unlock POST": Act(named="unlock_pair", on="matching.locks GET"),
    "matching.limit POST": Act(named="change_limit", fills={"most": "2"}),
    "matching.own_limit POST": Act(named="change_limit", by="member", fills={"most": "2"}),
    "matching.decline POST": Act(named="decline_peer", by="member", changes=False),
    "matching.try_out POST": Act(named="ask_search", on="matching.what_if GET"),
    "matching.weights POST": Act(named="change_weights", fills={"role_same": "999"}),
    "matching.adopt_weights POST": Act(
        named="change_weights", on="matching.what_if GET", at={"search_id": "tried_id"}
    ),
    "matching.share POST": Act(
        named="change_sharing", by="member", fills={"shares_phone": None}, on="matching.mine GET"
    ),
}
ACTS = {
    **ACTS,
    "matching.accept POST": Act(
        named="accept_peer", by="member", on="matching.mine GET", changes=False
    ),
    "matching.terms POST": Act(
        named="change_match_terms", on="matching.show GET", fills={"two_sided": "y"}
    ),
}
ELSEWHERE = frozenset({"matching.upload_weights POST"})


def _searched(institute: Institute, wish: Wish, state: SearchState) -> PeerSearch:
    figures = {"people": 0, "pairs": 0, "peers": [], "weight": 0, "bound": 0, "worst": []}
    search = PeerSearch(
        institute_id=institute.id,
        kind=wish.kind,
        wish=wish.as_kept(),
        state=state,
        asked_at=NOON,
        asked_by="test",
        ended_at=NOON if state is SearchState.DONE else None,
        found={"now": figures, "then": figures, "stay": 0, "gone": [], "new": []},
    )
    db.session.add(search)
    db.session.flush()
    return search


def locked_and_tried(institute: Institute) -> dict[str, object]:
    """Forbid a pair, try other weights; return their address parts."""
    one, other = matching.agreed_people(institute.id)[-2:]
    lock = matching.forbid_pair(
        institute.id, one.person_id, other.person_id, reason="Private.", by="test"
    )
    wish = Wish(kind=SearchKind.WHAT_IF, weights={**first_weights(), "role_same": 7})
    return {
        "lock_id": lock.id,
        "tried_id": _searched(institute, wish, SearchState.DONE).id,
        **asking_things(institute),
        **talking_things(institute),
    }


def asked_for(slug: str) -> dict[str, object]:
    """Ask for a search at an institute of its own; return their address parts."""
    searching = make_institute(f"{slug}-searching")
    waiting = _searched(searching, Wish(), SearchState.WAITING)
    return {"open_search_id": waiting.id, "searching": searching.slug}
