"""Peer matching: runs that coordinators make and publish, and what matched people see."""

from cohorts.matching.service.contacts import Contacts, Peer, contacts_of
from cohorts.matching.service.disclosures import (
    Form,
    Seen,
    Showings,
    fresh_disclosures,
    record_disclosures,
    shown_at,
    who_saw,
)
from cohorts.matching.service.publishing import discard_run, publish_run
from cohorts.matching.service.runs import (
    Group,
    Line,
    Missing,
    Overview,
    RunPage,
    gather,
    get_run,
    keep_draft,
    overview_of,
    run_matching,
    run_page,
    search_peers,
)
from cohorts.matching.service.sharing import OwnSharing, Sharing, change_sharing, sharing_of

__all__ = [
    "Contacts",
    "Form",
    "Group",
    "Line",
    "Missing",
    "Overview",
    "OwnSharing",
    "Peer",
    "RunPage",
    "Seen",
    "Sharing",
    "Showings",
    "change_sharing",
    "contacts_of",
    "discard_run",
    "fresh_disclosures",
    "gather",
    "get_run",
    "keep_draft",
    "overview_of",
    "publish_run",
    "record_disclosures",
    "run_matching",
    "run_page",
    "search_peers",
    "sharing_of",
    "shown_at",
    "who_saw",
]
