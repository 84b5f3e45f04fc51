"""Rules of credit written in the shape of a programme file's ``pd_credit``."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from consortium.words import Sentence, say
from events.credit.domain.rules import Counting, CreditPlan, CreditRule, written_number
from events.credit.domain.stored import EVERYONE, types_in

_OF_A_TYPE = (
    "type", "roles", "rule", "count", "amount", "unit", "share", "counted", "rounding_minutes",
    "most_per_day", "left_out", "licence", "evaluation", "keep_years", "provider",
    "provider_number", "wording",
)  # fmt: skip


def with_types(raw: Any, types: Sequence[Mapping[str, Any]]) -> Any:
    """Return the file's ``pd_credit`` with these kinds of credit in place of its own."""
    if isinstance(raw, Mapping):
        return {**raw, "types": list(types)}
    return list(types)


def written_rule(rule: CreditRule, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a rule as a file writes it; what the file said besides stays.

    Prose that was read goes: it would say beside the rule what may be true no more.
    """
    kept = {name: value for name, value in (before or {}).items() if name not in _OF_A_TYPE}
    return {**_said(rule), **kept}


def written_settings(raw: Any, plan: CreditPlan) -> dict[str, Any]:
    """Return the file's ``pd_credit`` with what holds for all kinds of credit as in ``plan``."""
    body = dict(raw) if isinstance(raw, Mapping) else {"types": list(types_in(raw))}
    signers = [
        {"name": one.name, **({"title": one.title} if one.title else {})} for one in plan.signers
    ]
    body |= {
        "open_stays": plan.open_stays.value,
        "attendance": plan.attendance,
        "agenda": plan.agenda,
        "signers": signers,
    }
    return body


def _said(rule: CreditRule) -> dict[str, Any]:
    said: dict[str, Any] = {"type": rule.name, "roles": list(rule.roles) or [EVERYONE]}
    if rule.counting is Counting.FIXED:
        said |= {"count": "fixed", "amount": _number(rule.amount), "share": rule.share}
    elif rule.counting is Counting.CLOCK:
        said |= {
            "count": "clock",
            "counted": rule.counted.value,
            "rounding_minutes": rule.rounding,
        }
        if rule.cap is not None:
            said["most_per_day"] = _number(rule.cap)
    licence = rule.licence
    said |= {"unit": rule.unit, "left_out": list(rule.left_out), "evaluation": rule.evaluation}
    said["licence"] = None
    if licence is not None:
        said["licence"] = {"name": licence.name, "least": licence.least, "most": licence.most}
        if licence.letters:
            said["licence"]["letters"] = True
    said["keep_years"] = rule.keep_years
    texts = {name: getattr(rule, name) for name in ("provider", "provider_number", "wording")}
    return said | {name: text for name, text in texts.items() if text}


def _number(amount: Decimal) -> int | str:
    """Return a whole number as one, any other as text: JSON's own would not be exact."""
    return int(amount) if amount == amount.to_integral_value() else written_number(amount)


def role_remarks(plan: CreditPlan, role_codes: Iterable[str]) -> tuple[Sentence, ...]:
    """Return a sentence for each kind of credit that is for a role the institute does not have."""
    known = set(role_codes)
    return tuple(
        say(
            "“%(name)s” is for “%(role)s”, and no role of this institute has that short name.",
            name=rule.name,
            role=code,
        )
        for rule in plan.rules
        for code in rule.roles
        if code not in known
    )
