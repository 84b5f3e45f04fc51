"""What it costs, in sentences: one for each rule of the programme file."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from consortium.words import say
from events.institutes.domain.fees.kinds import Raw
from events.institutes.domain.fees.telling import (
    as_it_is,
    beside,
    cents_in,
    choice_in_words,
    dated,
    day,
    listed,
    percent,
    price,
    reduction,
    share,
    unit,
)
from events.institutes.domain.wording import joined, plain, states_in_words, told

FREE = "free"
DISCOUNT = "discount"


def fees_in_words(fees: Mapping[str, Any], *, staff: bool = False) -> Sequence[str]:
    """Return one sentence for each rule, and one for each thing said beside the rules.

    A rule of a kind unknown here, and what a known one says besides, is told field by field.
    Only ``staff`` read the words of discount codes and how often they may be used.
    """
    rules = fees.get("rules") or []
    said = [sentence_of(rule, staff=staff) for rule in rules]
    model = fees.get("model")
    if not rules and model:
        said = [say("Free of charge.") if model == FREE else f"{plain(told(model))}."]
    return [*said, *(f"{one}." for one in beside(fees, _HEADS))]


def sentence_of(rule: Raw, *, staff: bool = False) -> str:
    """Return one rule as a sentence."""
    code = str(rule.get("code"))
    if code == DISCOUNT and rule.get("name"):
        return _discount(rule, staff=staff)
    tell, told_of = _SENTENCES.get(code, (_named_price, _DATED))
    unpriced = any(name.endswith("_cents") and rule.get(name) is None for name in told_of)
    if unpriced or (tell is _named_price and cents_in(rule, "each_cents") < 0):
        return as_it_is(rule)
    rest = "; ".join(beside(rule, told_of | {"code"}))
    return f"{tell(rule)} {rest}." if rest else tell(rule)


def _free(rule: Raw) -> str:
    return dated(say("Free of charge"), rule)


def _free_first_n(rule: Raw) -> str:
    first = say(
        "The first %(n)s people of each %(unit)s come free. Each additional person costs %(price)s",
        n=told(rule.get("n")),
        unit=unit(rule, "LEA"),
        price=price(rule, "then_each_cents"),
    )
    if not rule.get("roles"):
        return dated(first, rule)
    roles = say("%(cost)s (who may come free: %(roles)s)", cost=first, roles=listed(rule["roles"]))
    return dated(roles, rule)


def _which_five(rule: Raw) -> str:
    said = str(rule.get("rule", ""))
    if "head count" in said:
        return say("Only the number of people counts, not who among them comes free.")
    return said or as_it_is(rule)


def _flat(rule: Raw) -> str:
    cost = dated(
        say("%(price)s for each %(unit)s", price=price(rule), unit=unit(rule, "person")), rule
    )
    if rule.get("includes"):
        return say("%(cost)s Included: %(what)s.", cost=cost, what=told(rule["includes"]))
    return cost


def _team_size(rule: Raw) -> str:
    cost = say(
        "%(price)s for a team of up to %(n)s people. Each additional person costs %(more)s",
        price=price(rule),
        n=told(rule.get("n")),
        more=price(rule, "then_each_cents"),
    )
    return dated(cost, rule)


def _role_price(rule: Raw) -> str:
    cost = say(
        "%(roles)s: %(price)s for each person instead of the usual price",
        roles=listed(rule.get("roles")),
        price=price(rule),
    )
    return dated(cost, rule)


def _sponsor_credit(rule: Raw) -> str:
    taken_off = say(
        "%(sponsor)s pays %(price)s of it for each %(unit)s",
        sponsor=told(rule.get("by", say("A sponsor"))),
        price=reduction(rule),
        unit=unit(rule, "team"),
    )
    when = _whom(rule)
    if when:
        return dated(say("%(credit)s (%(when)s)", credit=taken_off, when=when), rule)
    return dated(taken_off, rule)


def _affiliate_rate(rule: Raw) -> str:
    cost = say(
        "%(price)s for each %(unit)s instead (%(when)s)",
        price=price(rule),
        unit=unit(rule, "person"),
        when=_whom(rule),
    )
    return dated(cost, rule)


def _whom(rule: Raw) -> str:
    if rule.get("when"):
        return told(rule["when"])
    if not rule.get("affiliation"):
        return ""
    return say("local affiliated to %(names)s", names=_or(rule["affiliation"]))


def _or(names: Any) -> str:
    return say(" or ").join(map(told, names)) if isinstance(names, list | tuple) else told(names)


def _visitor_fee(rule: Raw) -> str:
    cost = say(
        "Visitors: %(price)s for each %(unit)s", price=price(rule), unit=unit(rule, "person")
    )
    if rule.get("day"):
        cost = say("%(cost)s, on %(day)s", cost=cost, day=day(rule["day"]))
    return dated(cost, rule)


def _guest_fee(rule: Raw) -> str:
    cost = price(rule)
    per = unit(rule, "person")
    states = rule.get("states")
    if not isinstance(states, list | tuple) or not states:
        whose = told(states) if states else say("guest states")
    else:
        whose = joined(states_in_words(map(told, states)))
    return dated(
        say(
            "Teams from %(states)s: %(price)s for each %(unit)s", states=whose, price=cost, unit=per
        ),
        rule,
    )


def _choice_fee(rule: Raw) -> str:
    what = choice_in_words(rule.get("choice"))
    cost = say("%(what)s: %(price)s more for each person", what=what, price=price(rule))
    return dated(cost, rule)


def _discount(rule: Raw, *, staff: bool) -> str:
    points = rule.get("basis_points")
    off = percent(points) if isinstance(points, int) and points > 0 else reduction(rule)
    if not staff:
        return dated(say("With a discount code: %(price)s off", price=off), rule)
    name, limit = told(rule["name"]), rule.get("limit")
    said = say("With the discount code “%(name)s”: %(price)s off", name=name, price=off)
    if not points and rule.get("per"):
        said = say("%(cost)s for each %(unit)s", cost=said, unit=unit(rule, "team"))
    if limit is not None:
        said = say("%(cost)s, for at most %(n)s teams", cost=said, n=told(limit))
    told_of = _DATED | {"code", "name", "basis_points", "limit"}
    rest = "; ".join(beside(rule, told_of))
    return f"{dated(said, rule)} {rest}." if rest else dated(said, rule)


def _cap(rule: Raw) -> str:
    most, per = price(rule, "most_cents"), unit(rule, "team")
    return dated(say("At most %(price)s for each %(unit)s", price=most, unit=per), rule)


def _purchase_order_fee(rule: Raw) -> str:
    cost = say("Paying by purchase order costs %(price)s more, for handling", price=price(rule))
    return dated(cost, rule)


def _split_cost(rule: Raw) -> str:
    payers = rule.get("payers")
    if not isinstance(payers, list) or not all(isinstance(payer, dict) for payer in payers):
        return as_it_is(rule)
    shares = joined(f"{told(payer.get('name'))} {share(payer)}" for payer in payers)
    total = price(rule, "total_cents")
    split = say("The cost of %(total)s is shared: %(shares)s.", total=total, shares=shares)
    if rule.get("rounding"):
        said = told(rule["rounding"])
        return say("%(split)s In the sums, %(rounding)s.", split=split, rounding=said)
    return split


def _split_rest(rule: Raw) -> str:
    between = rule.get("between")
    if not isinstance(between, list):
        return as_it_is(rule)
    if between and all(isinstance(one, dict) for one in between):
        shares = joined(f"{told(payer.get('name'))} {share(payer)}" for payer in between)
        return say("What is left is shared: %(shares)s.", shares=shares)
    return say(
        "What is left is shared by %(payers)s, %(share)s each.",
        payers=joined(map(told, between)),
        share=share(rule),
    )


def _named_price(rule: Raw) -> str:
    """Tell a price that has a name and perhaps its days, such as one for early birds."""
    name = plain(str(rule.get("code", "")))
    per = unit(rule, "person")
    return dated(
        say("%(name)s: %(price)s for each %(unit)s", name=name, price=price(rule), unit=per), rule
    )


_HEADS = frozenset({"model", "currency", "rules"})
_SPAN = frozenset({"from", "until"})
_DATED = _SPAN | {"per", "each_cents"}
_PRICED = _DATED | {"includes"}
_WHOM = _DATED | {"when", "affiliation"}
# How to tell a rule, and which of its fields that tells.
_SENTENCES: Mapping[str, tuple[Callable[[Raw], str], frozenset[str]]] = {
    "free": (_free, _SPAN),
    "free_first_n": (_free_first_n, _SPAN | {"n", "per", "then_each_cents", "roles"}),
    "which_five": (_which_five, frozenset({"rule"})),
    "flat": (_flat, _PRICED),
    "team_fee": (lambda rule: _flat({"per": "team", **rule}), _PRICED),
    "team_size": (_team_size, _DATED | {"n", "then_each_cents"}),
    "role_price": (_role_price, _SPAN | {"roles", "each_cents"}),
    "visitor_fee": (_visitor_fee, _DATED | {"day"}),
    "guest_fee": (_guest_fee, _DATED | {"states"}),
    "choice_fee": (_choice_fee, _SPAN | {"choice", "each_cents"}),
    "affiliate_rate": (_affiliate_rate, _WHOM),
    "sponsor_credit": (_sponsor_credit, _WHOM | {"by"}),
    "cap": (_cap, _SPAN | {"per", "most_cents"}),
    "purchase_order_fee": (_purchase_order_fee, _SPAN | {"each_cents"}),
    "split_cost": (_split_cost, frozenset({"total_cents", "payers", "rounding"})),
    "split_rest": (_split_rest, frozenset({"between", "share"})),
}
