"""Readiness: how far each group of people says it is with its duties."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID

from cohorts.plans.domain.checklist import Checklist
from cohorts.plans.domain.duties import Duty, Group
from consortium.people.domain import Side
from consortium.words import Sentence, say

_OF_SIDE: Mapping[Side, Group] = {
    Side.MANAGEMENT: Group.ADMINISTRATION,
    Side.LABOR: Group.ASSOCIATION,
    Side.GOVERNANCE: Group.BOARD,
    Side.COMMUNITY: Group.COMMUNITY,
}


class Ready(StrEnum):
    """How far someone says that a duty is done."""

    NOT_YET = auto()
    BEGUN = auto()
    DONE = auto()


READY: Mapping[Ready, Sentence] = {
    Ready.NOT_YET: say("not yet"),
    Ready.BEGUN: say("begun"),
    Ready.DONE: say("done"),
}


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What one office said of one duty."""

    person_id: UUID
    office: str
    duty: str
    ready: Ready
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    """One duty over all offices of the group that answered."""

    duty: Duty
    counts: Mapping[Ready, int]
    offices: tuple[tuple[str, Ready], ...]
    """Each office that answered, and what it said."""


@dataclass(frozen=True, kw_only=True)
class GroupSummary:
    """How far one group says it is."""

    group: Group
    lines: tuple[DutyLine, ...]
    asked: int
    """How many people of this group the partnership has now."""
    answered: int

    @property
    def done(self) -> int:
        """How many duties everyone who answered calls done."""
        return sum(1 for line in self.lines if line.offices and _all_done(line))

    @property
    def next_step(self) -> Duty | None:
        """The first duty, in the order of the phases, that is not done."""
        open_ones = (line.duty for line in self.lines if not (line.offices and _all_done(line)))
        return next(open_ones, None)


def group_of(side: Side) -> Group | None:
    """Return whose duties someone of this side has; nobody's where the side is open."""
    return _OF_SIDE.get(side)


def summary(
    checklist: Checklist, answers: Iterable[Answered], sides: Mapping[UUID, Side]
) -> tuple[GroupSummary, ...]:
    """Return how far each group is; ``sides`` are the partnership's people now.

    Answers of people who have left do not count any more, nor do those to other words.
    """
    here = [
        one for one in answers if one.person_id in sides and checklist.still_asks(one.duty, one.at)
    ]
    return tuple(_of_group(group, checklist.duties_of(group), here, sides) for group in Group)


def _of_group(
    group: Group, duties: Sequence[Duty], answers: Sequence[Answered], sides: Mapping[UUID, Side]
) -> GroupSummary:
    codes = {duty.code for duty in duties}
    own = [one for one in answers if one.duty in codes]
    lines = []
    for duty in duties:
        said = sorted(
            (one for one in own if one.duty == duty.code),
            key=lambda one: (one.office.casefold(), str(one.person_id)),
        )
        lines.append(
            DutyLine(
                duty=duty,
                counts=Counter(one.ready for one in said),
                offices=tuple((one.office, one.ready) for one in said),
            )
        )
    return GroupSummary(
        group=group,
        lines=tuple(lines),
        asked=sum(1 for side in sides.values() if group_of(side) is group),
        answered=len({one.person_id for one in own}),
    )


def _all_done(line: DutyLine) -> bool:
    return all(ready is Ready.DONE for _, ready in line.offices)
