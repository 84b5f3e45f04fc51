"""The price that everyone pays who has none of their own: by person, by team, by LEA."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeVar

from consortium.words import say
from events.institutes.domain.fees.kinds import (
    AffiliateRate,
    FreeFirst,
    GuestFee,
    Price,
    Rule,
    TeamSize,
    Unit,
)
from events.institutes.domain.fees.lines import ChargeLine, Party
from events.institutes.domain.fees.reading import belongs
from events.institutes.domain.fees.sentences import sentence_of
from events.institutes.domain.fees.standing import cheapest, of_kind, standing
from events.institutes.domain.wording import joined

Priced: TypeAlias = Price | GuestFee | AffiliateRate
P = TypeVar("P", GuestFee, AffiliateRate)
_NAMES = {Unit.PERSON: say("Person"), Unit.TEAM: say("Team"), Unit.LEA: say("LEA")}


@dataclass(frozen=True, kw_only=True)
class UsualPrices:
    """The usual prices of a day for one party.

    Prices without dates add up. A dated price or an affiliate's takes their place within its
    unit; free places and the number of people in a team's price stay as they are.
    """

    prices: Sequence[Priced] = ()
    free_first: Sequence[FreeFirst] = ()
    sizes: Sequence[TeamSize] = ()
    instead: Sequence[Priced] = ()

    def lines(self, heads: Sequence[int], party: Party) -> Iterator[ChargeLine]:
        """Give the lines of the team, then of its people who are ``heads``."""
        if party.comes_as_team:
            yield from self._of_team(heads)
            if not party.others_of_lea:
                yield from self._each(Unit.LEA, ())
        yield from self._of_people(heads, party)

    def unpriced(self, heads: Sequence[int], party: Party) -> Sequence[Rule]:
        """Return the rule by which people would pay a price that is not said."""
        rule = self._free_rule(heads, party)
        if rule is None or rule.then_each_cents is not None or self._instead(Unit.PERSON):
            return ()
        return (rule,) if len(_free_heads(rule, heads, party)) < len(heads) else ()

    def _of_team(self, heads: Sequence[int]) -> Iterator[ChargeLine]:
        instead = self._instead(Unit.TEAM)

        def comes_to(one: TeamSize) -> int:
            return one.each_cents + max(0, len(heads) - one.n) * one.then_each_cents

        size = cheapest(self.sizes, comes_to)
        if size is None or instead:
            yield from self._each(Unit.TEAM, ())
        else:
            yield _line(size, say("Team of up to %(n)s people", n=size.n), size.each_cents, ())
            yield from self._each(Unit.TEAM, ())
        if size is not None and heads[size.n :]:
            yield _line(size, say("Additional person"), size.then_each_cents, heads[size.n :])

    def _of_people(self, heads: Sequence[int], party: Party) -> Iterator[ChargeLine]:
        rule = self._free_rule(heads, party)
        if rule is None:
            yield from self._each(Unit.PERSON, heads)
            return
        free = _free_heads(rule, heads, party)
        paying = [at for at in heads if at not in free]
        if free:
            yield _line(rule, say("Person who comes free"), 0, free)
        if self._instead(Unit.PERSON):
            yield from self._each(Unit.PERSON, paying)
            return
        if paying and rule.then_each_cents is not None:
            yield _line(rule, say("Additional person"), rule.then_each_cents, paying)
        yield from self._each(Unit.PERSON, heads)

    def _free_rule(self, heads: Sequence[int], party: Party) -> FreeFirst | None:
        def comes_to(one: FreeFirst) -> int:
            paying = len(heads) - len(_free_heads(one, heads, party))
            return paying * (one.then_each_cents or 0)

        return cheapest(self.free_first, comes_to)

    def _each(self, unit: Unit, heads: Sequence[int]) -> Iterator[ChargeLine]:
        instead = self._instead(unit)
        for price in [instead] if instead else [one for one in self.prices if one.unit is unit]:
            if heads or unit is not Unit.PERSON:
                yield _line(price, _what(price), price.each_cents, heads)

    def _instead(self, unit: Unit) -> Priced | None:
        return next((one for one in self.instead if one.unit is unit), None)


def for_guests(fees: Sequence[GuestFee], state: str, on: date) -> UsualPrices:
    """Return the prices of a team of a guest state that has a fee of its own."""
    by_name = [fee for fee in fees if state in fee.states]
    return UsualPrices(
        instead=[
            fee
            for unit in Unit
            for fee in _cheapest(standing([fee for fee in by_name or fees if fee.unit is unit], on))
        ]
    )


def at_home(rules: Sequence[Rule], party: Party, on: date) -> UsualPrices:
    """Return the prices of every other party on a day."""
    prices = of_kind(rules, Price)
    plain = [price for price in prices if not price.span.dated]
    dated = [
        price
        for unit in Unit
        for price in standing([one for one in prices if one.unit is unit], on)
        if price.span.dated
    ]
    free_first = standing(of_kind(rules, FreeFirst), on)
    sizes = standing(of_kind(rules, TeamSize), on)
    # A dated free place or team size takes the place of the prices without dates, too.
    if any(rule.span.dated for rule in free_first):
        plain = _but(plain, Unit.PERSON)
    if any(rule.span.dated for rule in sizes):
        plain = _but(plain, Unit.TEAM)
    affiliate = _affiliate_rates(rules, party, on)
    units = {price.unit for price in [*plain, *dated]}
    # Where there is no price of its unit, an affiliate's price stands instead of the other one.
    match [rate.unit for rate in affiliate]:
        case [Unit.PERSON] if not free_first and Unit.PERSON not in units:
            plain, dated, sizes = _but(plain, Unit.TEAM), _but(dated, Unit.TEAM), ()
        case [Unit.TEAM] if party.comes_as_team and not sizes and Unit.TEAM not in units:
            plain, dated, free_first = _but(plain, Unit.PERSON), _but(dated, Unit.PERSON), ()
    # An affiliate's price is never more than the dated one of the same day.
    instead: list[Priced] = [*affiliate, *dated]
    instead.sort(key=lambda price: price.each_cents)
    return UsualPrices(prices=plain, free_first=free_first, sizes=sizes, instead=instead)


def _affiliate_rates(rules: Sequence[Rule], party: Party, on: date) -> Sequence[AffiliateRate]:
    rates = [
        rate
        for rate in of_kind(rules, AffiliateRate)
        if belongs(party.affiliations, rate.affiliations)
    ]
    return [
        rate
        for unit in Unit
        for rate in _cheapest(standing([one for one in rates if one.unit is unit], on))
    ]


def _but(prices: Sequence[Price], unit: Unit) -> list[Price]:
    return [price for price in prices if price.unit is not unit]


def _cheapest(found: Sequence[P]) -> Sequence[P]:
    price = cheapest(found, lambda one: one.each_cents)
    return () if price is None else (price,)


def _free_heads(rule: FreeFirst, heads: Sequence[int], party: Party) -> Sequence[int]:
    places = max(0, rule.n - party.others_of_lea) if rule.per_lea else rule.n
    may = [at for at in heads if not rule.roles or rule.roles & set(party.heads[at].roles)]
    return may[:places]


def _what(price: Priced) -> str:
    if isinstance(price, Price):
        return price.name or _NAMES[price.unit]
    if isinstance(price, GuestFee):
        of_team = price.unit is Unit.TEAM
        return say("Team from a guest state") if of_team else say("Person from a guest state")
    names = joined(sorted(price.affiliations))
    if price.unit is Unit.TEAM:
        return say("Team affiliated to %(names)s", names=names)
    return say("Person of a team affiliated to %(names)s", names=names)


def _line(rule: Rule, what: str, each_cents: int, heads: Sequence[int]) -> ChargeLine:
    return ChargeLine(
        what=what,
        n=len(heads) or 1,
        each_cents=each_cents,
        why=sentence_of(rule.raw),
        heads=tuple(heads),
    )
