"""What it costs, in sentences. The rules themselves stay in the shape of the programme file."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_date

from consortium.words import Sentence, dollars, say
from events.institutes.domain.wording import joined, plain, told

FREE = "free"
Rule = Mapping[str, Any]

_PER: Mapping[str, Sentence] = {
    "LEA": say("LEA"),
    "lea": say("LEA"),
    "district": say("district"),
    "team": say("team"),
    "person": say("person"),
    "site": say("site"),
}


def fees_in_words(fees: Mapping[str, Any]) -> Sequence[str]:
    """Return one sentence for each rule, and one for each thing said beside the rules.

    A rule of a kind unknown here, and what a known one says besides, is told field by field.
    """
    rules = fees.get("rules") or []
    said = [_in_words(rule) for rule in rules]
    model = fees.get("model")
    if not rules and model:
        said = [say("Free of charge.") if model == FREE else f"{plain(told(model))}."]
    return [*said, *(f"{beside}." for beside in _beside(fees, _HEADS))]


def _in_words(rule: Rule) -> str:
    tell, told_of = _SENTENCES.get(str(rule.get("code")), (_named_price, _DATED))
    unpriced = any(name.endswith("_cents") and rule.get(name) is None for name in told_of)
    if unpriced or (tell is _named_price and _cents(rule, "each_cents") < 0):
        return _as_it_is(rule)
    rest = "; ".join(_beside(rule, told_of | {"code"}))
    return f"{tell(rule)} {rest}." if rest else tell(rule)


def _beside(said: Rule, told_of: Collection[str]) -> Iterator[str]:
    """Tell the fields that nothing has told of yet."""
    for name, value in sorted(said.items()):
        if name not in told_of and value is not None:
            yield f"{plain(name.removesuffix('_cents'))}: {_value(name, value)}"


def _free_first_n(rule: Rule) -> str:
    return say(
        "The first %(n)s people of each %(unit)s come free. "
        "Each additional person costs %(price)s.",
        n=told(rule.get("n")),
        unit=_unit(rule, "LEA"),
        price=_price(rule, "then_each_cents"),
    )


def _which_five(rule: Rule) -> str:
    said = str(rule.get("rule", ""))
    if "head count" in said:
        return say("Only the number of people counts, not who among them comes free.")
    return said or _as_it_is(rule)


def _flat(rule: Rule) -> str:
    cost = say(
        "%(price)s for each %(unit)s.",
        price=_price(rule, "each_cents"),
        unit=_unit(rule, "person"),
    )
    if rule.get("includes"):
        return say("%(cost)s Included: %(what)s.", cost=cost, what=told(rule["includes"]))
    return cost


def _sponsor_credit(rule: Rule) -> str:
    taken_off = say(
        "%(sponsor)s pays %(price)s of it for each %(unit)s",
        sponsor=told(rule.get("by", say("A sponsor"))),
        price=dollars(abs(_cents(rule, "each_cents"))),
        unit=_unit(rule, "team"),
    )
    if rule.get("when"):
        return say("%(credit)s (%(when)s).", credit=taken_off, when=told(rule["when"]))
    return say("%(credit)s.", credit=taken_off)


def _visitor_fee(rule: Rule) -> str:
    cost = say(
        "Visitors: %(price)s for each %(unit)s",
        price=_price(rule, "each_cents"),
        unit=_unit(rule, "person"),
    )
    if rule.get("day"):
        return say("%(cost)s, on %(day)s.", cost=cost, day=_day(rule["day"]))
    return say("%(cost)s.", cost=cost)


def _split_cost(rule: Rule) -> str:
    payers = rule.get("payers")
    if not isinstance(payers, list) or not all(isinstance(payer, dict) for payer in payers):
        return _as_it_is(rule)
    shares = joined(f"{told(payer.get('name'))} {_percent(payer.get('share'))}" for payer in payers)
    split = say(
        "The cost of %(total)s is shared: %(shares)s.",
        total=_price(rule, "total_cents"),
        shares=shares,
    )
    if rule.get("rounding"):
        return say(
            "%(split)s In the sums, %(rounding)s.", split=split, rounding=told(rule["rounding"])
        )
    return split


def _split_rest(rule: Rule) -> str:
    between = rule.get("between")
    if not isinstance(between, list):
        return _as_it_is(rule)
    return say(
        "What is left is shared by %(payers)s, %(share)s each.",
        payers=joined(map(told, between)),
        share=_percent(rule.get("share")),
    )


def _named_price(rule: Rule) -> str:
    """Tell a price that has a name and perhaps its days, such as one for early birds."""
    cost = say(
        "%(name)s: %(price)s for each %(unit)s",
        name=plain(str(rule.get("code", ""))),
        price=_price(rule, "each_cents"),
        unit=_unit(rule, "person"),
    )
    if rule.get("from"):
        cost = say("%(cost)s, from %(day)s", cost=cost, day=_day(rule["from"]))
    if rule.get("until"):
        cost = say("%(cost)s, until %(day)s", cost=cost, day=_day(rule["until"]))
    return say("%(cost)s.", cost=cost)


def _detail(name: str, value: Any) -> str:
    return f"{plain(name.removesuffix('_cents')).lower()} {_value(name, value)}"


def _as_it_is(rule: Rule) -> str:
    """Tell a rule of a kind that has no sentence yet, hiding nothing of it."""
    details = "; ".join(
        _detail(name, value)
        for name, value in sorted(rule.items())
        if name != "code" and value is not None
    )
    name = plain(str(rule.get("code", "")))
    return f"{name}: {details}." if details else f"{name}."


def _value(name: str, value: Any) -> str:
    if name.endswith("_cents") and isinstance(value, int):
        return dollars(value)
    if isinstance(value, list):
        return ", ".join(_value(name, inner) for inner in value)
    if isinstance(value, dict):
        return ", ".join(_detail(inner, deep) for inner, deep in sorted(value.items()))
    return _day(value) if isinstance(value, str) else told(value)


def _cents(rule: Rule, name: str) -> int:
    value = rule.get(name, 0)
    return value if isinstance(value, int) else 0


def _price(rule: Rule, name: str) -> str:
    return dollars(_cents(rule, name))


def _percent(share: Any) -> str:
    return f"{share:.0%}" if isinstance(share, int | float) else told(share)


def _unit(rule: Rule, usual: str) -> str:
    per = told(rule.get("per", usual))
    return _PER.get(per, per)


def _day(text: Any) -> str:
    try:
        return format_date(date.fromisoformat(str(text)), "long", locale="en_US")
    except ValueError:
        return str(text)


_HEADS = frozenset({"model", "currency", "rules"})
_DATED = frozenset({"per", "each_cents", "from", "until"})
_PRICED = frozenset({"per", "each_cents", "includes"})
# How to tell a rule, and which of its fields that tells.
_SENTENCES: Mapping[str, tuple[Callable[[Rule], str], frozenset[str]]] = {
    "free_first_n": (_free_first_n, frozenset({"n", "per", "then_each_cents"})),
    "which_five": (_which_five, frozenset({"rule"})),
    "flat": (_flat, _PRICED),
    "team_fee": (lambda rule: _flat({"per": "team", **rule}), _PRICED),
    "sponsor_credit": (_sponsor_credit, frozenset({"by", "per", "each_cents", "when"})),
    "visitor_fee": (_visitor_fee, frozenset({"per", "each_cents", "day"})),
    "split_cost": (_split_cost, frozenset({"total_cents", "payers", "rounding"})),
    "split_rest": (_split_rest, frozenset({"between", "share"})),
}
