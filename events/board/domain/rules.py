"""When reminders go out by themselves: so many days before a deadline, in people's daytime."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from events.board.domain.reminders import Kind
from events.institutes.domain import TEAM_CLOSING, Due, closing
from events.registration.domain.reminding import day_in_turn, planned_day

BY: dict[Kind, tuple[str, ...]] = {
    Kind.SUBMIT: TEAM_CLOSING,
    Kind.COMPLETE: ("complete_by", "pairs_confirmed", "roster_by", "substitute_until"),
    Kind.CONFIRM: ("confirm_by", "pairs_confirmed", "roster_by"),
    Kind.ANSWER: ("answer_by", "roster_by"),
}
"""The deadlines that each kind goes by; where none of them is set, the first day."""
ASKED_LATELY = timedelta(days=2)
"""Whoever was asked within this time is not reminded yet."""


def deadline_of(kind: Kind, dues: Iterable[Due], first_day: date | None) -> Due | None:
    """Return the deadline that a kind of reminder goes by, if there is one."""
    due = closing(list(dues), BY[kind])
    if due is not None or kind is Kind.SUBMIT or first_day is None:
        return due
    return Due(code="first_day", what="", on=first_day, at=time())


def due_on(
    kind: Kind, days: Sequence[int], due: Due, *, zone: ZoneInfo, now: datetime
) -> date | None:
    """Return the day whose reminder of this kind should go out at the moment ``now``.

    Each of ``days`` counts back from the deadline's day. What a team lacks is told once more on
    the morning after the deadline. ``None`` when nothing is due, or it is night there.
    """
    if now < due.passes_at(zone):
        return planned_day(days, due.on, passes_at=due.passes_at(zone), zone=zone, now=now)
    told_after = days and kind is Kind.COMPLETE and due.code != "first_day"
    after = [due.on + timedelta(days=1)] if told_after else []
    return day_in_turn(after, zone=zone, now=now)
