"""What a plan lacks before anyone can sign it, each with what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cohorts.learning.domain.partners import Who
from cohorts.plans.domain.goals import GoalSpec, owners_gone
from cohorts.plans.domain.sides import SIDE_NAMES, SIDES
from consortium.words import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Lack:
    """Something to do before both sides sign."""

    sentence: Sentence
    goal_id: UUID | None = None
    """The goal that lacks it; nothing where the plan itself does."""


def lacking(
    goals: Sequence[tuple[UUID, GoalSpec]],
    next_meeting: date | None,
    who: Who,
    today: date,
) -> tuple[Lack, ...]:
    """Return everything that stands between this plan and its signatures, in reading order."""
    found: list[Lack] = []
    if not goals:
        found.append(Lack(sentence=say("Write the first goal.")))
    for goal_id, goal in goals:
        found += [Lack(sentence=one, goal_id=goal_id) for one in _of_goal(goal, who)]
    if next_meeting is None:
        found.append(Lack(sentence=say("Set the date on which your partnership meets next.")))
    elif next_meeting < today:
        found.append(
            Lack(sentence=say("The date of your next meeting has passed. Set the next one."))
        )
    return tuple(found)


def advice(goals: Sequence[GoalSpec]) -> tuple[Sentence, ...]:
    """Return what would make the plan better and keeps nobody from signing it."""
    if goals and not any(goal.students for goal in goals):
        return (
            say(
                "None of your goals is about students yet. Partnerships that begin with one such "
                "goal, however small, find the rest easier."
            ),
        )
    return ()


def _of_goal(goal: GoalSpec, who: Who) -> list[Sentence]:
    title = goal.title
    found: list[Sentence] = []
    if not goal.measure:
        found.append(say("“%(goal)s”: say what you measure.", goal=title))
    if goal.baseline is None:
        found.append(say("“%(goal)s”: write where you stand today.", goal=title))
    if goal.target is None:
        found.append(say("“%(goal)s”: write the target.", goal=title))
    if goal.due is None:
        found.append(say("“%(goal)s”: say until when.", goal=title))
    gone = owners_gone(goal, who)
    for one in SIDES:
        side = SIDE_NAMES[one]
        if goal.owner(one) is None:
            found.append(
                say("“%(goal)s”: name an owner on the %(side)s side.", goal=title, side=side)
            )
        elif one in gone:
            found.append(
                say(
                    "“%(goal)s”: the owner on the %(side)s side has left. Name the successor.",
                    goal=title,
                    side=side,
                )
            )
    return found
