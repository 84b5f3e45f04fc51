"""Rules of credit that a programme file writes as prose, read by their words."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from events.credit.domain.presets import IEIN
from events.credit.domain.rules import Counted, Counting, CreditRule, Licence

_ROUNDINGS = {"quarter": 15, "half": 30, "tenth": 6, "full": 60, "whole": 60}
_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_YEARS = re.compile(r"\b(?:keep|kept|retain(?:ed)?)\b.*?\b(\d{1,2}|[a-z]+)(?: full)? years?\b")
_SHARE = re.compile(r"\b(\d{1,3}) ?(?:%|percent)")
_CAP = re.compile(r"\b(\d{1,2}(?:\.\d{1,2})?) hours? (?:per|a|each)(?: full)? day\b")
_LICENCE = re.compile(r"\b([A-Z]{3,8})\b(?: number)? (?:is )?(?:needed|required)")


def read_prose(said: str, rule: CreditRule) -> tuple[CreditRule, tuple[str, ...]]:
    """Return the rule as the prose changes it, and the parts of it that nobody understands."""
    strange = []
    for clause in filter(None, (part.strip(" .") for part in re.split(r"[;\n]", said))):
        changed = [read(clause, clause.lower(), rule) for read in _READERS]
        understood = [one for one in changed if one is not None]
        if not understood:
            strange.append(clause)
        for read in _READERS:
            rule = read(clause, clause.lower(), rule) or rule
    return rule, tuple(strange)


def _clock(_: str, low: str, rule: CreditRule) -> CreditRule | None:
    nearest = re.search(r"(quarter|half|tenth|full|whole)[ -]?(?:of an )?hour", low)
    if "clock hour" not in low and not (nearest and "nearest" in low):
        return None
    rounding = _ROUNDINGS[nearest[1]] if nearest else rule.rounding
    return replace(rule, counting=Counting.CLOCK, rounding=rounding)


def _stay(_: str, low: str, rule: CreditRule) -> CreditRule | None:
    if "arrival" in low and "departure" in low:
        return replace(rule, counting=Counting.CLOCK, counted=Counted.STAY)
    return None


def _licence(said: str, low: str, rule: CreditRule) -> CreditRule | None:
    found = _LICENCE.search(said)
    if found:
        known = IEIN if found[1] == IEIN.name else Licence(name=found[1])
        return replace(rule, licence=known)
    if re.search(r"licen[cs]e number", low):
        return replace(rule, licence=rule.licence or Licence(name="License number", letters=True))
    return None


def _evaluation(_: str, low: str, rule: CreditRule) -> CreditRule | None:
    if re.search(r"evaluation|survey", low):
        return replace(rule, evaluation=not re.search(r"\bno (?:evaluation|survey)", low))
    return None


def _years(_: str, low: str, rule: CreditRule) -> CreditRule | None:
    found = _YEARS.search(low)
    years = (_NUMBERS.get(found[1]) or int(found[1] if found[1].isdigit() else 0)) if found else 0
    return replace(rule, keep_years=years) if years else None


def _share(_: str, low: str, rule: CreditRule) -> CreditRule | None:
    found = _SHARE.search(low)
    if found and 0 < int(found[1]) <= 100:  # noqa: PLR2004  (percent)
        return replace(rule, share=int(found[1]))
    return rule if re.search(r"full attendance|all day", low) else None


def _cap(_: str, low: str, rule: CreditRule) -> CreditRule | None:
    found = _CAP.search(low)
    return replace(rule, cap=Decimal(found[1])) if found else None


_READERS: tuple[Callable[[str, str, CreditRule], CreditRule | None], ...] = (
    _clock, _stay, _licence, _evaluation, _years, _share, _cap,
)  # fmt: skip
