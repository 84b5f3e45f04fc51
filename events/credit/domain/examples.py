"""Worked examples: what some days would give, for whoever writes a rule of credit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from consortium.words import Sentence, say
from events.credit.domain.counting import Earned, earn
from events.credit.domain.presence import Slot, Stayed, union
from events.credit.domain.rules import Counting, CreditRule

_DAY = date(2027, 3, 4)
_ZONE = ZoneInfo("America/New_York")


@dataclass(frozen=True, kw_only=True)
class Example:
    """Someone's day in words, and what it gives."""

    title: Sentence
    earned: Earned


def worked_examples(rule: CreditRule, slots: Sequence[Slot]) -> tuple[Example, ...]:
    """Return days whose figures show what the rule does, with the institute's own programme.

    Without a programme yet they stand on a usual day from nine to four with lunch at noon.
    """
    told = list(slots) or _usual_day()
    if not rule.roles:
        roles: frozenset[str] = frozenset({"*"})
    else:
        roles = frozenset(rule.roles)
    if rule.counting is Counting.CLOCK:
        return tuple(
            Example(title=title, earned=earn(rule, stays, told, roles))
            for title, stays in _by_clock(told)
        )
    counted = [one for one in told if one.kind not in rule.left_out] or told
    return tuple(
        Example(title=title, earned=earn(rule, stays, told, roles))
        for title, stays in _by_share(counted)
    )


def _by_clock(slots: Sequence[Slot]) -> list[tuple[Sentence, list[Stayed]]]:
    first = min(slots, key=lambda slot: slot.starts).starts
    return [
        (
            say("In 8:07, out for lunch 11:52, in 13:04, out 15:10"),
            [_on(first, "08:07", "11:52"), _on(first, "13:04", "15:10")],
        ),
        (say("In 8:07, out 11:50"), [_on(first, "08:07", "11:50")]),
        (say("There from 8:00 to 17:00"), [_on(first, "08:00", "17:00")]),
    ]


def _on(day: datetime, arrived: str, left: str) -> Stayed:
    begins, ends = (
        datetime.combine(day.date(), time.fromisoformat(text), day.tzinfo)
        for text in (arrived, left)
    )
    return Stayed(on=day.date(), arrived=begins, left=ends)


def _by_share(slots: Sequence[Slot]) -> list[tuple[Sentence, list[Stayed]]]:
    spans = union((slot.starts, slot.ends) for slot in slots)
    whole = [_stay(starts, ends) for starts, ends in spans]
    late = [_stay(spans[0][0] + timedelta(hours=1), spans[0][1]), *whole[1:]]
    half = whole[: max(1, len(whole) // 2)]
    if len(whole) == 1:
        middle = spans[0][0] + (spans[0][1] - spans[0][0]) / 2
        half = [_stay(spans[0][0], middle.replace(second=0, microsecond=0))]
    return [
        (say("There all the time"), whole),
        (say("An hour late"), [stay for stay in late if stay.minutes]),
        (say("There for the first half"), half),
    ]


def _stay(starts: datetime, ends: datetime) -> Stayed:
    return Stayed(on=starts.date(), arrived=min(starts, ends), left=ends)


def _usual_day() -> list[Slot]:
    hours = (("plenary", 9, 12), ("meal", 12, 13), ("breakout", 13, 16))
    return [
        Slot(
            kind=kind,
            starts=datetime(_DAY.year, _DAY.month, _DAY.day, begins, tzinfo=_ZONE),
            ends=datetime(_DAY.year, _DAY.month, _DAY.day, ends, tzinfo=_ZONE),
        )
        for kind, begins, ends in hours
    ]
