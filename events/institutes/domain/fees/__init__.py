"""Fee rules: read from the programme file's own shape, told in sentences, and charged."""

from events.institutes.domain.fees.charging import charge
from events.institutes.domain.fees.kinds import DefaultShare, Discount, Rule, Unit
from events.institutes.domain.fees.lines import Charge, ChargeLine, Head, Party
from events.institutes.domain.fees.reductions import normal
from events.institutes.domain.fees.rules import read_rule, read_rules
from events.institutes.domain.fees.sentences import FREE, fees_in_words, sentence_of
from events.institutes.domain.fees.sharing import (
    cost_shares,
    counts_leas,
    default_shares,
    discounts,
    find_discount,
    named_affiliations,
    split_total_cents,
)

__all__ = [
    "FREE",
    "Charge",
    "ChargeLine",
    "DefaultShare",
    "Discount",
    "Head",
    "Party",
    "Rule",
    "Unit",
    "charge",
    "cost_shares",
    "counts_leas",
    "default_shares",
    "discounts",
    "fees_in_words",
    "find_discount",
    "named_affiliations",
    "normal",
    "read_rule",
    "read_rules",
    "sentence_of",
    "split_total_cents",
]
