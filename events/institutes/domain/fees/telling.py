"""Write the fields of a fee rule as people read them, whatever a file holds."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from babel.dates import format_date

from consortium.words import Sentence, dollars, say
from events.institutes.domain.fees.kinds import Raw
from events.institutes.domain.wording import joined, place_in_words, plain, told

_PER: Mapping[str, Sentence] = {
    "LEA": say("LEA"),
    "lea": say("LEA"),
    "district": say("district"),
    "team": say("team"),
    "person": say("person"),
    "site": say("site"),
}


def beside(said: Raw, told_of: Collection[str]) -> Iterator[str]:
    """Tell the fields that nothing has told of yet."""
    for name, value in sorted(said.items()):
        if name not in told_of and value is not None:
            yield f"{plain(name.removesuffix('_cents'))}: {_value(name, value)}"


def as_it_is(rule: Raw) -> str:
    """Tell a rule of a kind that has no sentence yet, hiding nothing of it."""
    details = "; ".join(
        _detail(name, value)
        for name, value in sorted(rule.items())
        if name != "code" and value is not None
    )
    name = plain(str(rule.get("code", "")))
    return f"{name}: {details}." if details else f"{name}."


def dated(cost: str, rule: Raw) -> str:
    """End the sentence of a rule with the days on which it holds."""
    if rule.get("from"):
        cost = say("%(cost)s, from %(day)s", cost=cost, day=day(rule["from"]))
    if rule.get("until"):
        cost = say("%(cost)s, until %(day)s", cost=cost, day=day(rule["until"]))
    return say("%(cost)s.", cost=cost)


def cents_in(rule: Raw, name: str) -> int:
    """Return an amount, 0 where there is none."""
    value = rule.get(name, 0)
    return value if isinstance(value, int) else 0


def price(rule: Raw, name: str = "each_cents") -> str:
    """Return an amount in dollars."""
    return dollars(cents_in(rule, name))


def reduction(rule: Raw) -> str:
    """Return an amount that is taken off, in dollars."""
    return dollars(abs(cents_in(rule, "each_cents")))


def percent(basis_points: int) -> str:
    """Return basis points in percent: 1250 is 12.5%."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def share(payer: Raw) -> str:
    """Return a payer's share in percent, written as basis points or as a part of 1."""
    points = payer.get("basis_points")
    if isinstance(points, int) and not isinstance(points, bool) and points >= 0:
        return percent(points)
    part = payer.get("share")
    return f"{part:.0%}" if isinstance(part, int | float) else told(part)


def unit(rule: Raw, usual: str) -> str:
    """Return for what a price is paid once."""
    per = told(rule.get("per", usual))
    return _PER.get(per, per)


def listed(value: Any, word: Callable[[str], str] = plain) -> str:
    """Return short names in a row."""
    if not isinstance(value, list | tuple):
        return told(value)
    return joined(word(one) if isinstance(one, str) else told(one) for one in value)


def choice_in_words(choice: Any) -> str:
    """Return what an optional day or a strand is called; as it reads when it is none."""
    try:
        return place_in_words(choice) if isinstance(choice, str) else told(choice)
    except ValueError:
        return told(choice)


def day(text: Any) -> str:
    """Return a day in words; as it reads when it is none."""
    try:
        return format_date(date.fromisoformat(str(text)), "long", locale="en_US")
    except ValueError:
        return str(text)


def _detail(name: str, value: Any) -> str:
    return f"{plain(name.removesuffix('_cents')).lower()} {_value(name, value)}"


def _value(name: str, value: Any) -> str:
    if name.endswith("_cents") and isinstance(value, int):
        return dollars(value)
    if isinstance(value, list):
        return ", ".join(_value(name, inner) for inner in value)
    if isinstance(value, dict):
        return ", ".join(_detail(inner, deep) for inner, deep in sorted(value.items()))
    return day(value) if isinstance(value, str) else told(value)
