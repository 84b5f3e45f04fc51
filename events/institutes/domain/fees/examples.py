"""Worked examples: what teams of some sizes and kinds would pay, for whoever writes the rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from consortium.words import say
from events.institutes.domain.fees.charging import charge
from events.institutes.domain.fees.kinds import (
    AffiliateRate,
    Cap,
    ChoiceFee,
    Discount,
    FreeFirst,
    GuestFee,
    PurchaseOrderFee,
    RolePrice,
    Rule,
    SponsorCredit,
    TeamSize,
    VisitorFee,
)
from events.institutes.domain.fees.lines import Charge, Head, Party
from events.institutes.domain.fees.rules import read_rules
from events.institutes.domain.fees.standing import of_kind
from events.institutes.domain.fees.telling import choice_in_words
from events.institutes.domain.wording import day_in_words, joined, plain, states_in_words

SIZES = (3, 5, 7, 12)
USUAL = 7
MANY = 30
MOST_DAYS = 6
LARGEST = 200
YEARS = range(1900, 2200)


@dataclass(frozen=True, kw_only=True)
class Example:
    """A party in words, and what it pays."""

    title: str
    charge: Charge


def worked_examples(fees: Mapping[str, Any], *, on: date) -> tuple[Example, ...]:
    """Return teams of several sizes, and one example of each thing the rules make different.

    A team of seven is the measure: what costs the same as it is left out. ``on`` is the day for
    all examples that name none.
    """
    rules = read_rules(fees)
    sizes = [
        Example(title=say("A team of %(n)s people", n=n), charge=charge(fees, _team(n), on=on))
        for n in _sizes(rules)
    ]
    usual = charge(fees, _team(USUAL), on=on)
    others = [
        Example(title=title, charge=found)
        for title, party in _parties(rules)
        if (found := charge(fees, party, on=on)).lines != usual.lines
    ]
    days = [
        Example(
            title=say("%(n)s people, at the prices of %(day)s", n=USUAL, day=day_in_words(day)),
            charge=charge(fees, _team(USUAL), on=day),
        )
        for day in _days(rules)
    ]
    return (*sizes, *others, *days)


def never_counted(examples: Sequence[Example]) -> tuple[str, ...]:
    """Return the rules that are told in every example and counted in none."""
    first, *others = (one.charge.notes for one in examples)
    return tuple(note for note in first if all(note in notes for notes in others))


def _sizes(rules: Sequence[Rule]) -> Sequence[int]:
    edges = {rule.n for rule in rules if isinstance(rule, FreeFirst | TeamSize)}
    found = {*SIZES, *edges, *(n + 1 for n in edges), *([MANY] if of_kind(rules, Cap) else [])}
    return sorted(n for n in found if 0 < n <= LARGEST)


def _parties(rules: Sequence[Rule]) -> Iterator[tuple[str, Party]]:
    team = _team(USUAL)
    if of_kind(rules, VisitorFee):
        yield say("One visitor"), Party(heads=(Head(visitor=True),), comes_as_team=False)
    for guests in of_kind(rules, GuestFee):
        states = sorted(guests.states)
        where = states_in_words(states[:1])[0] if states else say("a guest state")
        party = replace(team, state=states[0] if states else "", guest=True)
        yield say("%(n)s people from %(state)s", n=USUAL, state=where), party
    for price in of_kind(rules, RolePrice):
        for role in sorted(price.roles)[:1]:
            title = say("%(n)s people, one of them: %(role)s", n=USUAL, role=plain(role))
            yield title, _with(team, Head(roles=(role,)))
    for choice in dict.fromkeys(fee.choice for fee in of_kind(rules, ChoiceFee)):
        chosen = choice_in_words(choice)
        title = say("%(n)s people, one of them there: %(what)s", n=USUAL, what=chosen)
        yield title, _with(team, Head(choices=(choice,)))
    yield from _with_affiliation(rules, team)
    for code in of_kind(rules, Discount):
        title = say("%(n)s people with the code “%(code)s”", n=USUAL, code=code.name)
        yield title, replace(team, discount_code=code.name)
    if of_kind(rules, PurchaseOrderFee):
        title = say("%(n)s people, paid by purchase order", n=USUAL)
        yield title, replace(team, by_purchase_order=True)


def _with_affiliation(rules: Sequence[Rule], team: Party) -> Iterator[tuple[str, Party]]:
    wanted = [
        tuple(sorted(rule.affiliations))
        for rule in rules
        if isinstance(rule, AffiliateRate | SponsorCredit) and rule.affiliations
    ]
    for names in dict.fromkeys(wanted):
        title = say("%(n)s people, local affiliated to %(who)s", n=USUAL, who=joined(names[:1]))
        yield title, replace(team, affiliations=frozenset(names[:1]))


def _days(rules: Sequence[Rule]) -> Sequence[date]:
    """Return the days around which prices change, the first of them."""
    one = timedelta(days=1)
    found: set[date] = set()
    for rule in rules:
        begins, ends = rule.span.begins, rule.span.ends
        if begins is not None and begins.year in YEARS:
            found |= {begins - one, begins}
        if ends is not None and ends.year in YEARS:
            found |= {ends, ends + one}
    return sorted(found)[:MOST_DAYS]


def _team(n: int) -> Party:
    return Party(heads=(Head(),) * n)


def _with(team: Party, head: Head) -> Party:
    """Return the team with one of its people another."""
    return replace(team, heads=(head, *team.heads[1:]))
