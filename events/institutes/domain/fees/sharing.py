"""Who shares a cost by the rules, and which discount codes there are: asked by billing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from events.institutes.domain.fees.kinds import (
    AffiliateRate,
    DefaultShare,
    Discount,
    SplitCost,
    SplitRest,
    SponsorCredit,
    Unit,
)
from events.institutes.domain.fees.reductions import discounts_for, normal
from events.institutes.domain.fees.rules import read_rules
from events.institutes.domain.fees.standing import of_kind


def default_shares(fees: Mapping[str, Any]) -> tuple[DefaultShare, ...]:
    """Return who shares what a team pays unless it says otherwise, in the order of the file.

    Where only the institute's own cost is shared (see ``split_total_cents``), its shares.
    """
    rules = read_rules(fees)
    found = of_kind(rules, SplitRest)
    return found[0].shares if found else cost_shares(fees)


def split_total_cents(fees: Mapping[str, Any]) -> int | None:
    """Return the institute's cost that payers share and no team is charged, in cents.

    ``None`` where the rules name no such cost. Its shares: ``cost_shares``.
    """
    found = of_kind(read_rules(fees), SplitCost)
    return found[0].total_cents if found else None


def cost_shares(fees: Mapping[str, Any]) -> tuple[DefaultShare, ...]:
    """Return who shares the institute's own cost, in the order of the file."""
    found = of_kind(read_rules(fees), SplitCost)
    return found[0].shares if found else ()


def counts_leas(fees: Mapping[str, Any]) -> bool:
    """Tell whether what one team pays hangs on the other teams of its LEA."""
    return any(
        getattr(rule, "per_lea", False) or getattr(rule, "unit", None) is Unit.LEA
        for rule in read_rules(fees)
    )


def named_affiliations(fees: Mapping[str, Any]) -> tuple[str, ...]:
    """Return to what a local may be affiliated so that a team pays less, by name."""
    rules = read_rules(fees)
    rates = (rate.affiliations for rate in of_kind(rules, AffiliateRate))
    credits_ = (credit.affiliations for credit in of_kind(rules, SponsorCredit))
    return tuple(sorted(frozenset().union(*rates, *credits_)))


def discounts(fees: Mapping[str, Any]) -> tuple[Discount, ...]:
    """Return the discount codes: their limit is how many teams may use each."""
    return tuple(of_kind(read_rules(fees), Discount))


def find_discount(fees: Mapping[str, Any], code: str, *, on: date) -> Discount | None:
    """Return the discount for which a typed code stands on a day, if there is one."""
    found = discounts_for(read_rules(fees), code, on)
    return found[0] if found and normal(code) else None
