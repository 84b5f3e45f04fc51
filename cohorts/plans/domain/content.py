"""The text of a version: what both sides sign, frozen, and how two versions differ."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cohorts.plans.domain.amounts import with_unit, written
from cohorts.plans.domain.goals import DIRECTIONS, Direction
from consortium.words import Sentence, say


@dataclass(frozen=True, kw_only=True)
class MilestoneText:
    """A step on the way to a goal, and its day."""

    title: str
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class GoalText:
    """A goal as a version says it; owners by name and office, as they were."""

    id: str
    title: str
    students: bool
    measure: str
    unit: str
    direction: Direction
    baseline: Decimal | None
    target: Decimal | None
    due: date | None
    labor_owner: str
    management_owner: str
    milestones: tuple[MilestoneText, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanText:
    """Everything that both sides sign."""

    purpose: str
    goals: tuple[GoalText, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "purpose": self.purpose,
            "goals": [
                {
                    "id": goal.id,
                    "title": goal.title,
                    "students": goal.students,
                    "measure": goal.measure,
                    "unit": goal.unit,
                    "direction": goal.direction.value,
                    "baseline": _number(goal.baseline),
                    "target": _number(goal.target),
                    "due": _day(goal.due),
                    "labor_owner": goal.labor_owner,
                    "management_owner": goal.management_owner,
                    "milestones": [
                        {"title": one.title, "due": _day(one.due)} for one in goal.milestones
                    ],
                }
                for goal in self.goals
            ],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "PlanText":
        """Return what was kept."""
        return cls(
            purpose=kept["purpose"],
            goals=tuple(
                GoalText(
                    id=goal["id"],
                    title=goal["title"],
                    students=goal["students"],
                    measure=goal["measure"],
                    unit=goal["unit"],
                    direction=Direction(goal["direction"]),
                    baseline=_read_number(goal["baseline"]),
                    target=_read_number(goal["target"]),
                    due=_read_day(goal["due"]),
                    labor_owner=goal["labor_owner"],
                    management_owner=goal["management_owner"],
                    milestones=tuple(
                        MilestoneText(title=one["title"], due=_read_day(one["due"]))
                        for one in goal["milestones"]
                    ),
                )
                for goal in kept["goals"]
            ),
        )

    @property
    def digest(self) -> str:
        """What is another text whenever one letter of the plan is another."""
        said = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Change:
    """How one part of a plan differs between two versions."""

    title: str
    """The goal's title; empty for the plan itself."""
    kind: str
    """``added``, ``removed`` or ``changed``."""
    fields: tuple[tuple[Sentence, str, str], ...] = ()
    """What it is called, before, after."""


FIELDS: Mapping[str, Sentence] = {
    "title": say("Goal"),
    "students": say("About students"),
    "measure": say("What we measure"),
    "direction": say("Which way is better"),
    "baseline": say("Where we stand"),
    "target": say("Target"),
    "due": say("Until"),
    "labor_owner": say("Owner, labor"),
    "management_owner": say("Owner, management"),
    "milestones": say("Milestones"),
}


def differences(before: PlanText, after: PlanText) -> tuple[Change, ...]:
    """Return what changed from one version to the other, goal by goal; nothing where they agree."""
    found: list[Change] = []
    if before.purpose != after.purpose:
        purpose = (say("What we work toward"), before.purpose, after.purpose)
        found.append(Change(title="", kind="changed", fields=(purpose,)))
    old = {goal.id: goal for goal in before.goals}
    for goal in after.goals:
        if goal.id not in old:
            found.append(Change(title=goal.title, kind="added", fields=_fields(None, goal)))
        elif goal != old[goal.id]:
            fields = _fields(old[goal.id], goal)
            found.append(Change(title=goal.title, kind="changed", fields=fields))
    new = {goal.id for goal in after.goals}
    found += [
        Change(title=goal.title, kind="removed") for goal in before.goals if goal.id not in new
    ]
    return tuple(found)


def in_words(goal: GoalText) -> Mapping[str, str]:
    """Return each part of a goal as people read it."""
    return {
        "title": goal.title,
        "students": say("yes") if goal.students else say("no"),
        "measure": goal.measure,
        "direction": DIRECTIONS[goal.direction],
        "baseline": with_unit(goal.baseline, goal.unit),
        "target": with_unit(goal.target, goal.unit),
        "due": _day(goal.due) or "",
        "labor_owner": goal.labor_owner,
        "management_owner": goal.management_owner,
        "milestones": "; ".join(
            f"{one.title} ({one.due.isoformat()})" if one.due else one.title
            for one in goal.milestones
        ),
    }


def _fields(before: GoalText | None, after: GoalText) -> tuple[tuple[Sentence, str, str], ...]:
    old = in_words(before) if before else dict.fromkeys(FIELDS, "")
    new = in_words(after)
    return tuple(
        (words, old[name], new[name]) for name, words in FIELDS.items() if old[name] != new[name]
    )


def shown(values: Sequence[tuple[str, str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Return both versions of what differs, for a page about an edit that came too late."""
    return tuple((label, stored, sent) for label, stored, sent in values if stored != sent)


def _number(amount: Decimal | None) -> str | None:
    return None if amount is None else written(amount).replace(",", "")


def _read_number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _read_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
