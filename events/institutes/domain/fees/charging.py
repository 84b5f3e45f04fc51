"""What a party pays by an institute's fee rules: one function for the quote and for the bill."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from consortium.words import say
from events.institutes.domain.fees.bases import prices_of
from events.institutes.domain.fees.kinds import (
    AffiliateRate,
    Rule,
    SplitCost,
    SplitRest,
    SponsorCredit,
    Told,
)
from events.institutes.domain.fees.lines import Charge, ChargeLine, Party
from events.institutes.domain.fees.reading import belongs
from events.institutes.domain.fees.reductions import discounts_for, reduced
from events.institutes.domain.fees.rules import read_rules
from events.institutes.domain.fees.sentences import FREE, sentence_of


def charge(fees: Mapping[str, Any], party: Party, *, on: date) -> Charge:
    """Return what the party pays by the rules in ``fees`` on a day, in cents and line by line.

    Visitors pay the visitor fee where there is one, people with a price for their role pay that,
    a team of a guest state with a fee of its own pays that, and everyone else the usual price of
    the day. Optional days and strands come on top; a cap holds the sum; then discount codes and
    sponsors take off, never below nothing; at last the fee for handling a purchase order, where
    there is something to pay. Rules that cannot be counted are told in the notes. Where the host
    has said nothing there are no lines: that is not the same as coming free.
    """
    rules = read_rules(fees)
    if not rules:
        return Charge(lines=_free(party) if fees.get("model") == FREE else ())
    prices = prices_of(rules, party, on)
    lines = reduced(tuple(prices.lines(party)), rules, party, on)
    notes = [_note(rule) for rule in rules if _is_only_told(rule, party)]
    notes += [_note(rule) for rule in prices.unpriced(party)]
    code = party.discount_code.strip()
    if code and not discounts_for(rules, code, on):
        notes.append(say("The discount code “%(code)s” does not hold here.", code=code))
    return Charge(lines=lines, notes=tuple(notes))


def _free(party: Party) -> tuple[ChargeLine, ...]:
    everyone = tuple(range(len(party.heads)))
    if not everyone:
        return ()
    return (
        ChargeLine(
            what=say("Person"),
            n=len(everyone),
            each_cents=0,
            why=say("Free of charge."),
            heads=everyone,
        ),
    )


def _is_only_told(rule: Rule, party: Party) -> bool:
    if isinstance(rule, AffiliateRate | SponsorCredit) and rule.affiliations:
        return party.comes_as_team and not belongs(party.affiliations, rule.affiliations)
    return isinstance(rule, Told | SplitCost | SplitRest)


def _note(rule: Rule) -> str:
    return sentence_of(rule.raw)
