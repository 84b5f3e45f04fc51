"""Read the fee rules of a programme file into values; what cannot be read is told, not dropped."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from events.institutes.domain.fees import reading
from events.institutes.domain.fees.kinds import (
    AffiliateRate,
    Cap,
    ChoiceFee,
    Discount,
    FreeFirst,
    GuestFee,
    Meant,
    Price,
    PurchaseOrderFee,
    Raw,
    RolePrice,
    Rule,
    SplitCost,
    SplitRest,
    SponsorCredit,
    TeamSize,
    Told,
    Unit,
    VisitorFee,
)
from events.institutes.domain.fees.reading import Unreadable
from events.institutes.domain.fees.shares import read_shares
from events.institutes.domain.wording import plain

BESIDES = frozenset({"code", "includes", "note", "label", "basis", "source", "rounding"})
"""What a rule may say besides without meaning another price."""
_SPAN = frozenset({"from", "until"})


def read_rules(fees: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Return the rules in the order of the file. Never raises, whatever the file holds."""
    rules = fees.get("rules")
    return tuple(map(read_rule, rules)) if isinstance(rules, list | tuple) else ()


def read_rule(raw: Any) -> Rule:
    """Return one rule; ``Told`` when a part of it is unknown or makes no sense."""
    if not isinstance(raw, Mapping):
        return Told(raw={"code": str(raw)})
    read, known = _KINDS.get(str(raw.get("code")), (_named, _PRICED))
    said = {name for name, value in raw.items() if value is not None}
    if said - known - BESIDES:
        return Told(raw=raw)
    try:
        return read(raw)
    except Unreadable:
        return Told(raw=raw)


def _flat(raw: Raw) -> Rule:
    return _price(raw, Unit.PERSON, "")


def _team_fee(raw: Raw) -> Rule:
    return _price(raw, Unit.TEAM, "")


def _named(raw: Raw) -> Rule:
    return _price(raw, Unit.PERSON, plain(str(raw.get("code", ""))))


def _price(raw: Raw, usual: Unit, name: str) -> Rule:
    return Price(
        raw=raw,
        span=reading.span(raw),
        unit=reading.unit(raw, usual),
        each_cents=reading.cents(raw, "each_cents"),
        name=name,
    )


def _free(raw: Raw) -> Rule:
    return Price(raw=raw, span=reading.span(raw), unit=Unit.PERSON, each_cents=0)


def _free_first(raw: Raw) -> Rule:
    then = raw.get("then_each_cents")
    return FreeFirst(
        raw=raw,
        span=reading.span(raw),
        n=reading.whole(raw, "n"),
        per_lea=reading.unit(raw, Unit.LEA, but_not=Unit.PERSON) is Unit.LEA,
        then_each_cents=None if then is None else reading.cents(raw, "then_each_cents"),
        roles=reading.names(raw, "roles"),
    )


def _team_size(raw: Raw) -> Rule:
    if reading.unit(raw, Unit.TEAM) is not Unit.TEAM:
        raise Unreadable
    return TeamSize(
        raw=raw,
        span=reading.span(raw),
        n=reading.whole(raw, "n"),
        each_cents=reading.cents(raw, "each_cents"),
        then_each_cents=reading.cents(raw, "then_each_cents"),
    )


def _role_price(raw: Raw) -> Rule:
    return RolePrice(
        raw=raw,
        span=reading.span(raw),
        roles=reading.some(reading.names(raw, "roles")),
        each_cents=reading.cents(raw, "each_cents"),
    )


def _visitor_fee(raw: Raw) -> Rule:
    if reading.unit(raw, Unit.PERSON) is not Unit.PERSON:
        raise Unreadable
    return VisitorFee(
        raw=raw,
        span=reading.span(raw),
        each_cents=reading.cents(raw, "each_cents"),
        day=reading.text(raw, "day"),
    )


def _guest_fee(raw: Raw) -> Rule:
    return GuestFee(
        raw=raw,
        span=reading.span(raw),
        states=reading.names(raw, "states"),
        unit=reading.unit(raw, Unit.PERSON, but_not=Unit.LEA),
        each_cents=reading.cents(raw, "each_cents"),
    )


def _choice_fee(raw: Raw) -> Rule:
    choice = reading.text(raw, "choice")
    if not choice.startswith(("day:", "strand:")):
        raise Unreadable
    each = reading.cents(raw, "each_cents")
    return ChoiceFee(raw=raw, span=reading.span(raw), choice=choice, each_cents=each)


def _affiliate_rate(raw: Raw) -> Rule:
    return AffiliateRate(
        raw=raw,
        span=reading.span(raw),
        affiliations=reading.some(reading.affiliations(raw)),
        unit=reading.unit(raw, Unit.PERSON, but_not=Unit.LEA),
        each_cents=reading.cents(raw, "each_cents"),
    )


def _sponsor_credit(raw: Raw) -> Rule:
    return SponsorCredit(
        raw=raw,
        span=reading.span(raw),
        by=reading.text(raw, "by"),
        unit=reading.unit(raw, Unit.TEAM, but_not=Unit.LEA),
        off_cents=reading.cents(raw, "each_cents", reduces=True),
        affiliations=reading.affiliations(raw),
    )


def _discount(raw: Raw) -> Rule:
    name, share = reading.text(raw, "name"), reading.basis_points(raw.get("basis_points", 0))
    off = 0 if share else reading.cents(raw, "each_cents", reduces=True)
    if not name or (share and raw.get("each_cents") is not None):
        raise Unreadable
    return Discount(
        raw=raw,
        span=reading.span(raw),
        name=name,
        basis_points=share,
        off_cents=off,
        unit=reading.unit(raw, Unit.TEAM, but_not=Unit.LEA),
        limit=None if raw.get("limit") is None else reading.whole(raw, "limit"),
    )


def _cap(raw: Raw) -> Rule:
    return Cap(
        raw=raw,
        span=reading.span(raw),
        unit=reading.unit(raw, Unit.TEAM, but_not=Unit.PERSON),
        most_cents=reading.cents(raw, "most_cents"),
    )


def _purchase_order_fee(raw: Raw) -> Rule:
    each = reading.cents(raw, "each_cents")
    return PurchaseOrderFee(raw=raw, span=reading.span(raw), each_cents=each)


def _split_cost(raw: Raw) -> Rule:
    payers = raw.get("payers")
    if not isinstance(payers, list):
        raise Unreadable
    total = reading.cents(raw, "total_cents")
    return SplitCost(raw=raw, total_cents=total, shares=read_shares(payers))


def _split_rest(raw: Raw) -> Rule:
    between, share = raw.get("between"), raw.get("share")
    if not isinstance(between, list):
        raise Unreadable
    alike = {} if share is None else {"share": share}
    payers = [one if isinstance(one, Mapping) else {"name": one, **alike} for one in between]
    return SplitRest(raw=raw, shares=read_shares(payers))


def _meant(raw: Raw) -> Rule:
    return Meant(raw=raw)


_PRICED = frozenset({"per", "each_cents"}) | _SPAN
_WHOM = frozenset({"when", "affiliation"})
_KINDS: Mapping[str, tuple[Callable[[Raw], Rule], frozenset[str]]] = {
    "flat": (_flat, _PRICED),
    "team_fee": (_team_fee, _PRICED),
    "free": (_free, _SPAN),
    "free_first_n": (_free_first, _SPAN | {"n", "per", "then_each_cents", "roles"}),
    "which_five": (_meant, frozenset({"rule"})),
    "team_size": (_team_size, _PRICED | {"n", "then_each_cents"}),
    "role_price": (_role_price, _SPAN | {"roles", "each_cents"}),
    "visitor_fee": (_visitor_fee, _PRICED | {"day"}),
    "guest_fee": (_guest_fee, _PRICED | {"states"}),
    "choice_fee": (_choice_fee, _SPAN | {"choice", "each_cents"}),
    "affiliate_rate": (_affiliate_rate, _PRICED | _WHOM),
    "sponsor_credit": (_sponsor_credit, _PRICED | _WHOM | {"by"}),
    "discount": (_discount, _PRICED | {"name", "basis_points", "limit"}),
    "cap": (_cap, _SPAN | {"per", "most_cents"}),
    "purchase_order_fee": (_purchase_order_fee, _SPAN | {"each_cents"}),
    "split_cost": (_split_cost, frozenset({"total_cents", "payers"})),
    "split_rest": (_split_rest, frozenset({"between", "share"})),
}
KINDS: Sequence[str] = tuple(_KINDS)
