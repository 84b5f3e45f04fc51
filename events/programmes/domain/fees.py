"""Read the fee rules: kept in their own shape, checked for money that makes no sense."""

from collections.abc import Iterator, Mapping
from typing import Any

from consortium.words import say
from events.institutes.domain.fees import read_rule
from events.institutes.domain.fees.kinds import Told
from events.programmes.domain.faults import Findings, Place
from events.programmes.domain.parts import missing, read_object

CURRENCY = "USD"
MOST_CENTS = 100_000_000  # a million dollars
REDUCING = ("credit", "discount", "refund")


def read_fees(raw: Any, findings: Findings) -> Mapping[str, Any]:
    """Return the fees as the file says them; every amount is a whole number of cents.

    What no price can be counted by is kept, told to teams, and warned of.
    """
    fees = read_object(raw, ("fees",), findings)
    if fees is None:
        return {}
    if fees.get("currency") is not None and fees["currency"] != CURRENCY:
        findings.fault(("fees", "currency"), say("Prices are in US dollars. Write USD."))
    rules = fees.get("rules")
    if rules is None:
        return fees
    if not isinstance(rules, list):
        findings.fault(("fees", "rules"), say("This must be a list in [ ]."))
        return fees
    for position, rule in enumerate(rules):
        _check_rule(rule, ("fees", "rules", position), findings)
    return fees


def _check_rule(rule: Any, place: Place, findings: Findings) -> None:
    if not isinstance(rule, dict):
        findings.fault(place, say("This must be an object in { }."))
        return
    code = rule.get("code")
    if not isinstance(code, str) or not code:
        findings.fault((*place, "code"), missing("code"))
        code = ""
    reduces = any(word in code for word in REDUCING)
    for at, cents in _amounts(place, rule):
        _check_cents(at, cents, findings, may_be_negative=reduces)
    n = rule.get("n")
    if n is not None and (not isinstance(n, int) or isinstance(n, bool) or n < 0):
        findings.fault((*place, "n"), say("This must be a whole number, 0 or more."))
    if isinstance(read_rule(rule), Told):
        findings.warn(
            place, say("This rule is told to teams as it stands, and not counted in any price.")
        )


def _amounts(place: Place, value: Any) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name.endswith("_cents") and inner is not None:
                yield (*place, name), inner
            else:
                yield from _amounts((*place, name), inner)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _amounts((*place, position), inner)


def _check_cents(place: Place, cents: Any, findings: Findings, *, may_be_negative: bool) -> None:
    if not isinstance(cents, int) or isinstance(cents, bool):
        findings.fault(place, say("Write whole cents: $150 is 15000."))
    elif cents < 0 and not may_be_negative:
        findings.fault(
            place, say("A price cannot be below 0. Only a credit or a discount takes off.")
        )
    elif abs(cents) > MOST_CENTS:
        findings.fault(place, say("This is more than a million dollars. Are these cents?"))
