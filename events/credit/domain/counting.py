"""Attendance becomes credit: a pure count, with sentences that a person can follow."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date, format_time

from consortium.words import Sentence, say
from events.credit.domain.presence import Slot, Stayed, union, within
from events.credit.domain.rules import (
    Counted,
    Counting,
    CreditRule,
    amount_in_words,
    written_number,
)

HOUR = 60
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One stay, or one day, and what it gives."""

    on: date
    minutes: int
    amount: Decimal
    how: str


@dataclass(frozen=True, kw_only=True)
class Earned:
    """What someone earned of one kind of credit, and why."""

    rule: CreditRule
    amount: Decimal
    lines: tuple[Line, ...] = ()
    why: str = ""
    """The last word on it: what was added up, capped, or why it is nothing."""

    @property
    def words(self) -> Sentence:
        """The amount with its unit."""
        return amount_in_words(self.amount, self.rule.unit)


def earn(
    rule: CreditRule, stays: Sequence[Stayed], slots: Iterable[Slot], role_codes: Collection[str]
) -> Earned:
    """Return what these stays give by the rule; ``stays`` are those of one person.

    A stay that still waits for its end counts for nothing.
    """
    ended = [stay for stay in stays if not stay.open]
    if rule.counting is Counting.CLOCK:
        return _by_the_clock(rule, ended, slots)
    if rule.counting is Counting.UNCLEAR:
        why = say("The host has not said yet how much this is. Ask the host.")
        return Earned(rule=rule, amount=Decimal(0), why=why)
    return _fixed(rule, ended, slots, role_codes)


def rounded(minutes: int, to: int) -> Decimal:
    """Return hours to the hundredth: minutes to the nearest multiple of ``to``, half upwards."""
    steps = (2 * minutes + to) // (2 * to)
    return (Decimal(steps * to) / HOUR).quantize(HUNDREDTH, ROUND_HALF_UP)


def _by_the_clock(rule: CreditRule, stays: Sequence[Stayed], slots: Iterable[Slot]) -> Earned:
    counts = union((one.starts, one.ends) for one in slots if one.kind not in rule.left_out)
    lines = []
    for stay in stays:
        whole = rule.counted is Counted.STAY
        minutes = stay.minutes if whole else within([(stay.arrived, stay.left)], counts)
        hours = rounded(minutes, rule.rounding)
        how = say(
            "%(stay)s: %(minutes)s = %(hours)s",
            stay=stay_in_words(stay),
            minutes=_minutes(minutes) if whole else _minutes_that_count(minutes),
            hours=amount_in_words(hours, rule.unit),
        )
        lines.append(Line(on=stay.on, minutes=minutes, amount=hours, how=how))
    by_day = {day: _of_day(lines, day) for day in dict.fromkeys(line.on for line in lines)}
    total, notes = Decimal(0), []
    for day, hours in by_day.items():
        kept = hours if rule.cap is None else min(hours, rule.cap)
        total += kept
        if kept != hours:
            notes.append(
                say(
                    "%(day)s comes to %(hours)s, and a day gives %(most)s at most.",
                    day=day_in_words(day),
                    hours=written_number(hours),
                    most=amount_in_words(kept, rule.unit),
                )
            )
    why = " ".join(notes) if notes else ""
    if not lines:
        why = say("No arrival and departure of yours is recorded.")
    return Earned(rule=rule, amount=total, lines=tuple(lines), why=why)


def _of_day(lines: Iterable[Line], day: date) -> Decimal:
    return sum((line.amount for line in lines if line.on == day), Decimal(0))


def _fixed(
    rule: CreditRule, stays: Sequence[Stayed], slots: Iterable[Slot], role_codes: Collection[str]
) -> Earned:
    theirs = [
        slot
        for slot in slots
        if slot.kind not in rule.left_out and not slot.for_some and slot.is_for(role_codes)
    ]
    needed = union((one.starts, one.ends) for one in theirs)
    there = union((one.arrived, one.left) for one in stays)
    whole = within(needed, needed)
    attended = within(there, needed)
    enough = attended * 100 >= rule.share * whole and bool(there)
    if whole:
        why = say(
            "There for %(there)s of the %(whole)s minutes that count; %(share)s%% of them are "
            "needed.",
            there=attended,
            whole=whole,
            share=rule.share,
        )
    elif enough:
        why = say("There; the programme sets no times of which to have a share.")
    else:
        why = say("No arrival and departure of yours is recorded.")
    lines = tuple(
        Line(on=one.on, minutes=one.minutes, amount=Decimal(0), how=stay_in_words(one))
        for one in stays
    )
    return Earned(rule=rule, amount=rule.amount if enough else Decimal(0), lines=lines, why=why)


def stay_in_words(stay: Stayed) -> Sentence:
    """Write a stay: November 14: in 8:07 AM, out 11:52 AM."""
    values = {
        "day": day_in_words(stay.on),
        "arrived": format_time(stay.arrived.time(), "short", locale="en_US"),
        "left": format_time(stay.left.time(), "short", locale="en_US"),
    }
    if stay.open:
        return say("%(day)s: in %(arrived)s, no departure recorded", **values)
    if stay.settled:
        return say("%(day)s: in %(arrived)s, out %(left)s by the host’s rule", **values)
    return say("%(day)s: in %(arrived)s, out %(left)s", **values)


def day_in_words(day: date) -> str:
    """Write a day without its year: Thursday, November 14."""
    return format_date(day, "EEEE, MMMM d", locale="en_US")


def _minutes(n: int) -> Sentence:
    return say("1 minute") if n == 1 else say("%(n)s minutes", n=n)


def _minutes_that_count(n: int) -> Sentence:
    return say("1 minute that counts") if n == 1 else say("%(n)s minutes that count", n=n)
