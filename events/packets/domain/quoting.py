"""What a team or a group of visitors would pay, line by line, with the reason for each line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from consortium.words import Sentence, dollars, say
from events.institutes.domain.fees import FREE, fees_in_words
from events.institutes.domain.wording import plain

Rule = Mapping[str, Any]
PERSON, TEAM, VISITOR = "person", "team", "visitor"
VISITOR_FEE = "visitor_fee"
_BILLED: Mapping[str, str] = {VISITOR_FEE: VISITOR, "team_fee": TEAM, "sponsor_credit": TEAM}
_NAMES: Mapping[str, Sentence] = {
    PERSON: say("Person"),
    TEAM: say("Team"),
    VISITOR: say("Visitor"),
}


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who would pay: so many people of one LEA, as a team or as visitors."""

    people: int
    visitors: bool = False


@dataclass(frozen=True, kw_only=True)
class QuoteLine:
    """So many of something, at so many cents each."""

    what: str
    n: int
    each_cents: int

    @property
    def cents(self) -> int:
        """What the line comes to."""
        return self.n * self.each_cents


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """What it comes to, and what the sum leaves open."""

    lines: tuple[QuoteLine, ...]
    notes: tuple[str, ...] = ()
    """Rules of the host that are told and not counted, such as who shares the cost."""

    @property
    def total_cents(self) -> int:
        """What there is to pay; a credit never makes it less than nothing."""
        return max(0, sum(line.cents for line in self.lines))


def quote(fees: Mapping[str, Any], party: Party, *, on: date) -> Quoted:
    """Return what the party would pay by an institute's fee rules on a day.

    Where one price for a person has days and they include ``on``, it counts instead of the
    price without days. A rule that hangs on something nobody has recorded yet (an affiliation, a
    split), or that has no price yet, is told as a note. Where the host has said nothing there are
    no lines: that is not the same as coming free.
    """
    rules: Sequence[Rule] = fees.get("rules") or []
    if not rules and fees.get("model") == FREE:
        return Quoted(lines=(QuoteLine(what=_NAMES[PERSON], n=party.people, each_cents=0),))
    lines: list[QuoteLine] = []
    notes: list[str] = []
    concerning = [rule for rule in rules if _concerns(rule, party, rules)]
    dated = {_unit(rule) for rule in concerning if _is_dated(rule) and _holds(rule, on)}
    for rule in concerning:
        if _is_dated(rule) and not _holds(rule, on):
            continue
        if _is_price(rule) and not _is_dated(rule) and _unit(rule) in dated:
            continue
        counted = _lines(rule, party)
        if counted is None:
            notes += fees_in_words({"rules": [rule]})
        else:
            lines += counted
    return Quoted(lines=tuple(lines), notes=tuple(notes))


def _concerns(rule: Rule, party: Party, rules: Sequence[Rule]) -> bool:
    """Whether a rule is about such a party; visitors pay their own fee where there is one."""
    if not party.visitors:
        return rule.get("code") != VISITOR_FEE
    return rule.get("code") == VISITOR_FEE or all(one.get("code") != VISITOR_FEE for one in rules)


def _lines(rule: Rule, party: Party) -> Sequence[QuoteLine] | None:
    """Return the lines of one rule; ``None`` when the sum cannot tell."""
    code = str(rule.get("code"))
    if code == "free_first_n":
        return _free_first(rule, party)
    if code == "which_five":  # says how the one above is meant
        return []
    unit = _BILLED.get(code) or (_unit(rule) if _is_price(rule) else None)
    each = rule.get("each_cents")
    if unit is None or rule.get("when") or not isinstance(each, int):
        return None
    n = {
        PERSON: party.people,
        TEAM: 0 if party.visitors else 1,
        VISITOR: party.people if party.visitors else 0,
    }[unit]
    return [QuoteLine(what=_what(rule, unit), n=n, each_cents=each)] if n else []


def _free_first(rule: Rule, party: Party) -> Sequence[QuoteLine] | None:
    free = min(party.people, int(rule.get("n") or 0))
    more, each = party.people - free, rule.get("then_each_cents")
    if more and not isinstance(each, int):
        return None
    lines = [
        QuoteLine(what=say("Person who comes free"), n=free, each_cents=0),
        QuoteLine(what=say("Additional person"), n=more, each_cents=int(each or 0)),
    ]
    return [line for line in lines if line.n]


def _is_price(rule: Rule) -> bool:
    """Whether it is a plain price for a person or a team."""
    known = {"code", "per", "each_cents", "includes", "from", "until"}
    priced = isinstance(rule.get("each_cents"), int) and rule["each_cents"] >= 0
    return priced and rule.keys() <= known and _unit(rule) in {PERSON, TEAM}


def _is_dated(rule: Rule) -> bool:
    return _is_price(rule) and bool(rule.get("from") or rule.get("until"))


def _holds(rule: Rule, on: date) -> bool:
    begins, ends = rule.get("from"), rule.get("until")
    return (not begins or str(begins)[:10] <= on.isoformat()) and (
        not ends or on.isoformat() <= str(ends)[:10]
    )


def _unit(rule: Rule) -> str:
    return str(rule.get("per") or _BILLED.get(str(rule.get("code")), PERSON))


def _what(rule: Rule, unit: str) -> str:
    code = str(rule.get("code"))
    if code == "sponsor_credit":
        return say("Paid by %(sponsor)s", sponsor=rule.get("by") or say("a sponsor"))
    return _NAMES[unit] if code in {"flat", *_BILLED} else plain(code)


def how_many(line: QuoteLine) -> str:
    """Return a line as people say it: 2 at $150.00."""
    if not line.each_cents:
        return say("%(n)s at no charge", n=line.n)
    return say("%(n)s at %(each)s", n=line.n, each=dollars(line.each_cents))
