"""What the host keeps when somebody cancels."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consortium.words import Sentence, dollars, say
from events.institutes.domain.fees.kinds import WHOLE
from events.institutes.domain.fees.telling import percent
from events.institutes.domain.terms.kinds import RefundRule, Tier

FRIDAY, WEEK = 4, 7


@dataclass(frozen=True, kw_only=True)
class Cancelling:
    """Who cancels, when and how. ``on`` is a day by the institute's own calendar."""

    on: date
    people: int = 1
    at: datetime | None = None
    """The moment, where the deadline for refunds is one (see ``refund_until``)."""
    replaced: bool = False
    """Whether somebody else comes instead."""
    by_host: bool = False
    """Whether the host cancels the institute."""


@dataclass(frozen=True, kw_only=True)
class Dates:
    """From what is counted back: the first day, days off, and the deadline for refunds."""

    first_day: date
    holidays: Collection[date] = frozenset()
    refund_until: datetime | None = None
    """An aware moment in the institute's zone: its deadline “full refund until”."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What the host keeps, in cents, and the sentence that says why."""

    cents: int
    why: Sentence


def kept_cents(
    refunds: RefundRule, cancelling: Cancelling, dates: Dates, *, reduction_cents: int
) -> Kept:
    """Return how much of a reduced price the host keeps; the rest is given back.

    ``reduction_cents`` is by how much the price falls since people cancelled. Never more than
    that is kept, and nothing when the host itself cancels. Without tiers everything is given back
    until ``dates.refund_until`` (without one until the day before the first) and nothing later.
    """
    if cancelling.by_host:
        return Kept(cents=0, why=say("The host cancelled: everything is given back."))
    if cancelling.replaced and refunds.free_with_replacement:
        return Kept(cents=0, why=say("Somebody else comes instead: nothing is kept."))
    if not refunds.tiers:
        return _by_deadline(cancelling, dates, reduction_cents)
    held = [tier for tier in refunds.tiers if _holds(tier, cancelling, dates)]
    if not held:
        last = min(refunds.tiers, key=lambda tier: tier.days)
        return Kept(
            cents=reduction_cents,
            why=say("Nothing is given back after %(until)s.", until=before_in_words(last)),
        )
    best = min(held, key=lambda tier: (_kept(tier, reduction_cents, cancelling.people), -tier.days))
    return Kept(cents=_kept(best, reduction_cents, cancelling.people), why=tier_in_words(best))


def working_days(start: date, end: date, holidays: Collection[date] = frozenset()) -> int:
    """Return how many working days there are from ``start`` up to the day before ``end``."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, WEEK)
    odd = sum((start + timedelta(days=n)).weekday() <= FRIDAY for n in range(rest))
    free = {day for day in holidays if start <= day < end and day.weekday() <= FRIDAY}
    return weeks * (FRIDAY + 1) + odd - len(free)


def tier_in_words(tier: Tier) -> Sentence:
    """Return a tier as a sentence."""
    until = before_in_words(tier)
    if tier.keep_basis_points:
        return say(
            "Until %(until)s, %(share)s is kept.",
            until=until,
            share=percent(tier.keep_basis_points),
        )
    if tier.keep_cents:
        kept = dollars(tier.keep_cents)
        return say("Until %(until)s, %(price)s is kept for each person.", until=until, price=kept)
    return say("Until %(until)s, everything is given back.", until=until)


def before_in_words(tier: Tier) -> Sentence:
    """Return until when a tier holds: 10 working days before the first day."""
    if tier.working:
        return say("%(n)s working days before the first day", n=tier.days)
    return say("%(n)s days before the first day", n=tier.days)


def _by_deadline(cancelling: Cancelling, dates: Dates, reduction_cents: int) -> Kept:
    until = dates.refund_until
    if until is None:
        if cancelling.on < dates.first_day:
            return Kept(cents=0, why=say("Until the first day, everything is given back."))
        why = say("Nothing is given back from the first day on.")
        return Kept(cents=reduction_cents, why=why)
    over = cancelling.on > until.date() if cancelling.at is None else cancelling.at > until
    if over:
        why = say("The time for refunds is over: nothing is given back.")
        return Kept(cents=reduction_cents, why=why)
    return Kept(cents=0, why=say("Within the time for refunds, everything is given back."))


def _holds(tier: Tier, cancelling: Cancelling, dates: Dates) -> bool:
    if cancelling.on > dates.first_day:
        return False
    if tier.working:
        return working_days(cancelling.on, dates.first_day, dates.holidays) >= tier.days
    return (dates.first_day - cancelling.on).days >= tier.days


def _kept(tier: Tier, reduction_cents: int, people: int) -> int:
    if tier.keep_basis_points:
        return (reduction_cents * tier.keep_basis_points + WHOLE // 2) // WHOLE
    return min(reduction_cents, tier.keep_cents * people)
