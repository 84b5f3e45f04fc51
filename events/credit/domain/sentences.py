"""A rule of credit as people read it."""

from collections.abc import Mapping

from consortium.words import Sentence, say
from events.credit.domain.rules import (
    Counted,
    Counting,
    CreditPlan,
    CreditRule,
    amount_in_words,
    written_number,
)


def rule_in_words(rule: CreditRule, role_labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the rule gives, to whom, and what it takes, a sentence each."""
    lines = [_amount(rule), _whom(rule, role_labels)]
    if rule.licence is not None:
        lines.append(say("You need your %(number)s.", number=rule.licence.name))
    if rule.evaluation:
        lines.append(say("The evaluation comes first, then the certificate."))
    if rule.provider:
        number = say(" (%(number)s)", number=rule.provider_number) if rule.provider_number else ""
        lines.append(say("Provider: %(name)s%(number)s.", name=rule.provider, number=number))
    return tuple(line for line in lines if line)


def rule_for_staff(rule: CreditRule, role_labels: Mapping[str, str]) -> str:
    """Return the whole rule in one line, with what only the host has to know."""
    kept = say("Kept for %(n)s full years.", n=rule.keep_years)
    return " ".join((*rule_in_words(rule, role_labels), kept))


def plan_in_words(plan: CreditPlan, role_labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the public may know of an institute's credit, a line for each kind."""
    return tuple(
        say("%(name)s. %(rule)s", name=rule.name, rule=" ".join(rule_in_words(rule, role_labels)))
        for rule in plan.rules
    )


def _amount(rule: CreditRule) -> Sentence:
    if rule.counting is Counting.UNCLEAR:
        return say("How much it is, the host has not said yet.")
    if rule.counting is Counting.FIXED:
        return say(
            "%(amount)s for whoever attends at least %(share)s%% of the sessions that count.",
            amount=amount_in_words(rule.amount, rule.unit),
            share=rule.share,
        )
    what = (
        say("The time from arrival to departure")
        if rule.counted is Counted.STAY
        else say("The time in sessions that count")
    )
    most = (
        "" if rule.cap is None else say(", at most %(most)s a day", most=written_number(rule.cap))
    )
    return say(
        "%(what)s, each stay to the nearest %(minutes)s minutes%(most)s.",
        what=what,
        minutes=rule.rounding,
        most=most,
    )


def _whom(rule: CreditRule, role_labels: Mapping[str, str]) -> Sentence:
    if not rule.roles:
        return say("For everyone.")
    labels = ", ".join(role_labels.get(code, code) for code in rule.roles)
    return say("For: %(roles)s.", roles=labels)
