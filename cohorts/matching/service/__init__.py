"""Peer matching: runs that coordinators make and publish, and what matched people see."""

from cohorts.matching.service.accepting import accept_peer
from cohorts.matching.service.contacts import Contacts, Peer, contacts_of
from cohorts.matching.service.declining import decline_peer
from cohorts.matching.service.disclosures import (
    Form,
    Seen,
    Showings,
    fresh_disclosures,
    record_disclosures,
    shown_at,
    who_saw,
)
from cohorts.matching.service.gathering import Group, gather
from cohorts.matching.service.limits import Limit, change_limit, limit_of
from cohorts.matching.service.locks import (
    Lock,
    forbid_pair,
    locks_of,
    pin_pair,
    unlock_pair,
)
from cohorts.matching.service.publishing import discard_run, publish_run
from cohorts.matching.service.run_pages import (
    Line,
    Missing,
    Overview,
    RunPage,
    overview_of,
    run_page,
)
from cohorts.matching.service.runs import (
    get_run,
    keep_draft,
    match_again,
    match_late,
    run_matching,
    search_peers,
)
from cohorts.matching.service.searches import (
    ask_search,
    cancel_search,
    get_search,
    latest_search,
)
from cohorts.matching.service.sharing import OwnSharing, Sharing, change_sharing, sharing_of
from cohorts.matching.service.takers import Taker, agreed_people, taker, takers_of
from cohorts.matching.service.terms import OwnTerms, change_terms, terms_of
from cohorts.matching.service.trying import Figures, Served, Tried, tried_out, tried_weights
from cohorts.matching.service.weighing import OwnWeights, change_weights, own_weights

__all__ = [
    "Contacts",
    "Figures",
    "Form",
    "Group",
    "Limit",
    "Line",
    "Lock",
    "Missing",
    "Overview",
    "OwnSharing",
    "OwnTerms",
    "OwnWeights",
    "Peer",
    "RunPage",
    "Seen",
    "Served",
    "Sharing",
    "Showings",
    "Taker",
    "Tried",
    "accept_peer",
    "agreed_people",
    "ask_search",
    "cancel_search",
    "change_limit",
    "change_sharing",
    "change_terms",
    "change_weights",
    "contacts_of",
    "decline_peer",
    "discard_run",
    "forbid_pair",
    "fresh_disclosures",
    "gather",
    "get_run",
    "get_search",
    "keep_draft",
    "latest_search",
    "limit_of",
    "locks_of",
    "match_again",
    "match_late",
    "overview_of",
    "own_weights",
    "pin_pair",
    "publish_run",
    "record_disclosures",
    "run_matching",
    "run_page",
    "search_peers",
    "sharing_of",
    "shown_at",
    "taker",
    "takers_of",
    "terms_of",
    "tried_out",
    "tried_weights",
    "unlock_pair",
    "who_saw",
]
