"""What it costs, in sentences. The rules themselves stay in the shape of the programme file."""

from collections.abc import Callable, Mapping, Sequence
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
    """Return one sentence for each rule; a rule of a kind unknown here is told field by field."""
    rules = fees.get("rules") or []
    if not rules:
        return [say("Free of charge.")] if fees.get("model") == FREE else []
    return [_SENTENCES.get(str(rule.get("code")), _as_it_is)(rule) for rule in rules]


def _free_first_n(rule: Rule) -> str:
    return say(
        "The first %(n)s people of each %(unit)s come free. Each further person costs %(price)s.",
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


def _as_it_is(rule: Rule) -> str:
    """Tell a rule of a kind that has no sentence yet, hiding nothing of it."""
    details = "; ".join(
        f"{plain(name.removesuffix('_cents')).lower()} {_value(name, value)}"
        for name, value in sorted(rule.items())
        if name != "code"
    )
    name = plain(str(rule.get("code", "")))
    return f"{name}: {details}." if details else f"{name}."


def _value(name: str, value: Any) -> str:
    if name.endswith("_cents") and isinstance(value, int):
        return dollars(value)
    if isinstance(value, list):
        return ", ".join(_value(name, inner) for inner in value)
    if isinstance(value, dict):
        parts = sorted(value.items())
        return ", ".join(f"{plain(inner).lower()} {_value(inner, deep)}" for inner, deep in parts)
    return told(value)


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


_SENTENCES: Mapping[str, Callable[[Rule], str]] = {
    "free_first_n": _free_first_n,
    "which_five": _which_five,
    "flat": _flat,
    "team_fee": lambda rule: _flat({"per": "team", **rule}),
    "sponsor_credit": _sponsor_credit,
    "visitor_fee": _visitor_fee,
    "split_cost": _split_cost,
    "split_rest": _split_rest,
}
