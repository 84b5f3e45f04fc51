"""Credit: what attendance gives, evaluations, certificates, and how long all of it is kept."""

from events.credit.service.licences import (
    give_licence,
    record_look_at_licences,
    take_back_licence,
)
from events.credit.service.plans import change_settings, plan_of, put_rule, remove_rule, rule_at
from events.credit.service.records import Record, Records, get_record, records_of

__all__ = [
    "Record",
    "Records",
    "change_settings",
    "get_record",
    "give_licence",
    "plan_of",
    "put_rule",
    "record_look_at_licences",
    "records_of",
    "remove_rule",
    "rule_at",
    "take_back_licence",
]
