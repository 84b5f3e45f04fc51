"""What a new report would tell together with those that are published already.

Two reports that cover different institutes differ by people. Where readers of both could work
out a group of fewer than five, the second is refused: what is published cannot be unread.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from cohorts.reports.domain.scope import Period, ReportRefused
from cohorts.reports.domain.tables import EVERYTHING, Report
from consortium.differencing import Count, small_parts
from consortium.small_cells import LEAST
from consortium.words import say

MOST_KINDS = 300
"""Kinds of people that reports tell apart; beyond it, reports are compared two by two."""
BY_STATE = frozenset({"states", "sides", "newness", "came_states"})
"""Tables of which each line is one state."""
BY_INSTITUTE = frozenset({"institutes", "peers"})
"""Tables of which each line is one institute."""
WHATEVER_STATES = frozenset({"peers", "surveys"})
"""Tables of whole institutes, whatever states the report is about."""
OF_ALL = frozenset({"retention"})
"""Tables that look at all institutes, whatever the report covers."""
OF_DAYS = frozenset({"came_states", "came_sides", "institutes"})
"""Tables of who came on the period's days; others follow from the institutes alone."""
Unit = tuple[str, str, date]
"""An institute, a state, and the first of some days: what scopes are made of."""
Figure = tuple[str, str, str]
"""A table, a line and a column."""


@dataclass(frozen=True, kw_only=True)
class Covered:
    """A report and what it covers."""

    name: str
    """Its number and title, for the refusal."""
    report: Report
    institutes: frozenset[str]
    states: frozenset[str]
    """Empty: every state."""
    period: Period


@dataclass(frozen=True, kw_only=True)
class Reveals:
    """A figure by which a small group could be worked out, and with which reports."""

    table: str
    line: str
    column: str
    names: tuple[str, ...]


def check_differences(new: Covered, published: Sequence[Covered], *, least: int = LEAST) -> None:
    """Refuse a report whose difference to published ones tells a group of fewer than ``least``.

    Raises ``ReportRefused``; the sentence names the table, the other report, and what to ask for
    instead.
    """
    found = reveals(new, published, least=least)
    if found is None:
        return
    raise ReportRefused(
        say(
            "Together with %(names)s, this report would tell how many people are in a group of "
            "fewer than %(least)s (table “%(table)s”, %(line)s, %(column)s): who has both "
            "subtracts one from the other. Ask for the same institutes and states as that report, "
            "leave this table's people out by choosing another report, or wait until at least "
            "%(least)s more people are in the difference.",
            names=", ".join(found.names),
            least=least,
            table=found.table,
            line=found.line,
            column=found.column,
        )
    )


def reveals(new: Covered, published: Sequence[Covered], *, least: int = LEAST) -> Reveals | None:
    """Return the first figure of the new report by which a small group could be worked out."""
    shown = [(each, dict(_figures(each.report))) for each in (*published, new)]
    own = shown[-1][1]
    for figure in own:
        same = [(each, figures[figure]) for each, figures in shown if figure in figures]
        if len(same) < 2:  # noqa: PLR2004  (nothing to compare it with)
            continue
        told = _told(figure, same, least)
        block = new.report.block(figure[0])
        if told and block is not None:
            line = next(one.name for one in block.every_line if one.key == figure[1])
            column = next(one.name for one in block.columns if one.key == figure[2])
            return Reveals(table=block.title, line=line, column=column, names=told)
    return None


def _figures(report: Report) -> Iterator[tuple[Figure, int]]:
    """Give every shown count of people in a report."""
    for block in report.blocks:
        for line in block.every_line:
            for column, cell in zip(block.columns, line.cells, strict=True):
                if column.people and isinstance(cell, int):
                    yield (block.code, line.key, column.key), cell


def _told(figure: Figure, same: Sequence[tuple[Covered, int]], least: int) -> tuple[str, ...]:
    """Return the names of the other reports, if together they tell a small group."""
    units = _units(figure, [each for each, _ in same])
    new, value = same[-1]
    alike = [(each, before) for each, before in same[:-1] if units[each.name] == units[new.name]]
    for other, before in alike:
        if 0 < abs(value - before) < least:
            return (other.name,)  # the same ground on another day: who joined or left
    if any(before == value for _, before in alike):
        return ()
    for group in _groups(same):
        for overlapping in (True, False):
            counts = _counts(group, units, overlapping=overlapping)
            if small_parts(counts, least=least):
                return tuple(each.name for each, _ in group if each is not new)
    return ()


def _groups(
    same: Sequence[tuple[Covered, int]],
) -> Iterator[Sequence[tuple[Covered, int]]]:
    """Give the new report with each other, then with all of them: the plainest reason first."""
    for other in same[:-1]:
        yield (other, same[-1])
    if len(same) > 2:  # noqa: PLR2004  (two of them were compared already)
        yield same


def _units(figure: Figure, covered: Iterable[Covered]) -> Mapping[str, frozenset[Unit]]:
    """Return what each report covers, as institutes in states; a line may be of one state."""
    every = list(covered)
    code, line, _ = figure
    states = {state for each in every for state in each.states} | {""}
    one_state = code in BY_STATE and line != EVERYTHING
    found = {}
    for each in every:
        theirs = {line} if one_state else (each.states or states)
        if code in WHATEVER_STATES:
            theirs = {""}
        institutes = each.institutes
        if code in OF_ALL:
            institutes = frozenset({EVERYTHING})
        elif code in BY_INSTITUTE:
            institutes = frozenset({line})
        days = _days(each.period, every) if code in OF_DAYS else [date.min]
        found[each.name] = frozenset(product(institutes, theirs, days))
    return found


def _days(period: Period, every: Sequence[Covered]) -> Sequence[date]:
    """Return the first days of the stretches into which all periods cut this one."""
    cuts = {each.period.first for each in every}
    cuts |= {each.period.last + timedelta(days=1) for each in every}
    return sorted(cut for cut in cuts if period.first <= cut <= period.last)


def _counts(
    group: Sequence[tuple[Covered, int]],
    units: Mapping[str, frozenset[Unit]],
    *,
    overlapping: bool,
) -> list[Count]:
    """Return the figures as counts over kinds of people: by the reports in which one stands.

    ``overlapping``: someone may have come to two institutes, and stands in every report that
    covers either of them. A reader who knows that nobody did can work out more.
    """
    signatures: dict[Unit, set[str]] = defaultdict(set)
    for each, _ in group:
        for unit in units[each.name]:
            signatures[unit].add(each.name)
    kinds = {frozenset(names) for names in signatures.values()}
    while overlapping and len(kinds) < MOST_KINDS:
        more = {one | other for one in kinds for other in kinds} - kinds
        if not more:
            break
        kinds |= more
    return [
        Count(parts=frozenset(kind for kind in kinds if each.name in kind), value=value)
        for each, value in group
    ]
