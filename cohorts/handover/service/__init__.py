"""What others may ask about leaders who leave and partnerships at risk."""

from cohorts.handover.service.contacts import (
    WORDING,
    Contact,
    Looked,
    change_offer,
    contacts_for,
    offer_of,
    record_shown,
    unrecorded,
    who_looked,
)
from cohorts.handover.service.departures import (
    departures_of,
    finish_departure,
    get_departure,
    may_be_undone,
    name_successor,
    report_departure,
    undo_departure,
)
from cohorts.handover.service.facts import plan_facts_wanted
from cohorts.handover.service.page import HandoverPage, handover_page, tick
from cohorts.handover.service.part import handover_part
from cohorts.handover.service.risk import (
    AtRisk,
    at_risk_now,
    change_rules,
    concerns_of,
    risks_among,
    rules_now,
)
from cohorts.handover.service.who import who_may_leave

__all__ = [
    "WORDING",
    "AtRisk",
    "Contact",
    "HandoverPage",
    "Looked",
    "at_risk_now",
    "change_offer",
    "change_rules",
    "concerns_of",
    "contacts_for",
    "departures_of",
    "finish_departure",
    "get_departure",
    "handover_page",
    "handover_part",
    "may_be_undone",
    "name_successor",
    "offer_of",
    "plan_facts_wanted",
    "record_shown",
    "report_departure",
    "risks_among",
    "rules_now",
    "tick",
    "undo_departure",
    "unrecorded",
    "who_looked",
    "who_may_leave",
]
