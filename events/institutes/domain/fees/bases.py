"""The prices of a party before anything is taken off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from consortium.words import say
from events.institutes.domain.fees.kinds import ChoiceFee, GuestFee, RolePrice, Rule, VisitorFee
from events.institutes.domain.fees.lines import ChargeLine, Party
from events.institutes.domain.fees.sentences import sentence_of
from events.institutes.domain.fees.standing import cheapest, of_kind, standing
from events.institutes.domain.fees.telling import choice_in_words
from events.institutes.domain.fees.usual import UsualPrices, at_home, for_guests
from events.institutes.domain.wording import joined, plain

R = TypeVar("R", RolePrice, VisitorFee)
DAY = "day:"


@dataclass(frozen=True, kw_only=True)
class Prices:
    """Which rule counts for whom; people are places in ``Party.heads``."""

    visiting: Mapping[int, Sequence[VisitorFee]]
    by_role: Mapping[int, Sequence[RolePrice]]
    others: Sequence[int]
    usual: UsualPrices
    on_top: Sequence[tuple[ChoiceFee, Sequence[int]]]

    def lines(self, party: Party) -> Iterator[ChargeLine]:
        """Give the lines of all prices."""
        yield from self.usual.lines(self.others, party)
        for price, heads in _together(self.by_role):
            yield _each(price, joined(plain(role) for role in sorted(price.roles)), heads)
        for fee, heads in _together(self.visiting):
            yield _each(fee, say("Visitor"), heads)
        for on_top, heads in self.on_top:
            yield _each(on_top, choice_in_words(on_top.choice), heads)

    def unpriced(self, party: Party) -> Sequence[Rule]:
        """Return the rules that concern the party and lack the price that it would pay."""
        return self.usual.unpriced(self.others, party)


def prices_of(rules: Sequence[Rule], party: Party, on: date) -> Prices:
    """Return which prices count for the party on a day."""
    visiting = _by_visitor(rules, party, on)
    by_role = {at: own for at, own in _by_role(rules, party, on).items() if at not in visiting}
    return Prices(
        visiting=visiting,
        by_role=by_role,
        others=[at for at in range(len(party.heads)) if at not in {*visiting, *by_role}],
        usual=_usual(rules, party, on),
        on_top=list(_on_top(rules, party, on, visiting)),
    )


def _usual(rules: Sequence[Rule], party: Party, on: date) -> UsualPrices:
    guests = [
        rule
        for rule in of_kind(rules, GuestFee)
        if (party.state in rule.states if rule.states else party.guest)
    ]
    if any(rule.span.holds(on) for rule in guests):
        return for_guests(guests, party.state, on)
    return at_home(rules, party, on)


def _by_visitor(
    rules: Sequence[Rule], party: Party, on: date
) -> Mapping[int, Sequence[VisitorFee]]:
    """Return the fees of each visitor: of the days chosen, or the one for all, or of every day.

    Nobody is a visitor where no such fee holds.
    """
    fees = of_kind(rules, VisitorFee)
    by_day = {
        day: standing([fee for fee in fees if fee.day == day], on)
        for day in dict.fromkeys(fee.day for fee in fees)
    }
    whole = by_day.pop("", [])
    every_day = [fee for found in by_day.values() for fee in found]
    if not whole and not every_day:
        return {}
    found: dict[int, Sequence[VisitorFee]] = {}
    for at, head in enumerate(party.heads):
        if head.visitor:
            chosen = [fee for fee in every_day if DAY + fee.day in head.choices]
            elsewhere = any(choice.startswith(DAY) for choice in head.choices)
            found[at] = chosen or whole or ([] if elsewhere else every_day)
    return found


def _by_role(rules: Sequence[Rule], party: Party, on: date) -> Mapping[int, Sequence[RolePrice]]:
    prices = of_kind(rules, RolePrice)
    found = {}
    for at, head in enumerate(party.heads):
        own = standing([one for one in prices if not one.roles.isdisjoint(head.roles)], on)
        price = cheapest(own, lambda one: one.each_cents)
        if price is not None:
            found[at] = (price,)
    return found


def _on_top(
    rules: Sequence[Rule], party: Party, on: date, visiting: Mapping[int, Sequence[VisitorFee]]
) -> Iterator[tuple[ChoiceFee, Sequence[int]]]:
    fees = of_kind(rules, ChoiceFee)
    for choice in dict.fromkeys(fee.choice for fee in fees):
        heads = [
            at
            for at, head in enumerate(party.heads)
            if choice in head.choices
            and choice not in {DAY + fee.day for fee in visiting.get(at, ())}
        ]
        for fee in standing([fee for fee in fees if fee.choice == choice], on):
            if heads:
                yield fee, heads


def _together(found: Mapping[int, Sequence[R]]) -> Sequence[tuple[R, Sequence[int]]]:
    """Return each rule once, with everyone for whom it counts."""
    groups: dict[int, tuple[R, list[int]]] = {}
    for at, rules in found.items():
        for rule in rules:
            groups.setdefault(id(rule), (rule, []))[1].append(at)
    return list(groups.values())


def _each(rule: RolePrice | VisitorFee | ChoiceFee, what: str, heads: Sequence[int]) -> ChargeLine:
    return ChargeLine(
        what=what,
        n=len(heads),
        each_cents=rule.each_cents,
        why=sentence_of(rule.raw),
        heads=tuple(heads),
    )
