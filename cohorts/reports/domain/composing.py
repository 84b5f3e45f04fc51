"""Which tables make up which report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.reports.domain.ground import Ground
from cohorts.reports.domain.learning import (
    peer_blocks,
    plan_blocks,
    structure_blocks,
    survey_blocks,
)
from cohorts.reports.domain.money import grant_blocks, money_blocks
from cohorts.reports.domain.presence import attendance_blocks, credit_blocks, retention_blocks
from cohorts.reports.domain.reach import Crowd, by_role, by_side, reach_blocks, team_blocks
from cohorts.reports.domain.scope import TITLES, ReportKind
from cohorts.reports.domain.tables import WHY_HIDDEN, Block, Report, Story
from consortium.words import say

Part = Callable[[Crowd], list[Block]]


def _sides_and_roles(crowd: Crowd) -> list[Block]:
    return [by_side(crowd), by_role(crowd)]


PARTS: Mapping[ReportKind, Sequence[Part]] = {
    ReportKind.FUNDER: (
        reach_blocks, team_blocks, attendance_blocks, credit_blocks, plan_blocks, survey_blocks,
        grant_blocks,
    ),
    ReportKind.YEAR: (
        reach_blocks, team_blocks, retention_blocks, attendance_blocks, credit_blocks,
        plan_blocks, structure_blocks, survey_blocks, peer_blocks,
    ),
    ReportKind.REACH: (reach_blocks,),
    ReportKind.TEAMS: (team_blocks, _sides_and_roles),
    ReportKind.RETENTION: (retention_blocks,),
    ReportKind.ATTENDANCE: (attendance_blocks,),
    ReportKind.CREDIT: (credit_blocks,),
    ReportKind.PLANS: (plan_blocks,),
    ReportKind.SURVEYS: (survey_blocks,),
    ReportKind.PEERS: (peer_blocks,),
    ReportKind.MONEY: (money_blocks, grant_blocks),
    ReportKind.STRUCTURES: (structure_blocks,),
}  # fmt: skip
"""The tables of each report, in the order in which they are read."""
WITH_STORIES = frozenset({ReportKind.FUNDER, ReportKind.YEAR})


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around a report's tables."""

    title: str = ""
    """Empty: what this kind of report is called."""
    consortium: str
    colour: str
    about: tuple[tuple[str, str], ...] = ()
    made_on: date


def compose(
    kind: ReportKind, ground: Ground, frame: Frame, stories: Sequence[Story] = ()
) -> Report:
    """Return a report: small figures of people, and what would tell them, are hidden."""
    crowd = Crowd(ground=ground)
    blocks = tuple(block for part in PARTS[kind] for block in part(crowd))
    hides = any(block.hides for block in blocks)
    names = say("No person is named in this report. People count once, however often they came.")
    return Report(
        kind=kind.value,
        title=frame.title or TITLES[kind],
        consortium=frame.consortium,
        colour=frame.colour,
        about=frame.about,
        made_on=frame.made_on,
        blocks=blocks,
        stories=tuple(stories) if kind in WITH_STORIES else (),
        notes=(names, *([WHY_HIDDEN] if hides else [])),
    )
