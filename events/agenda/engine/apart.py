"""Places found in a process of its own, so that whoever waits for it can end it.

A flow knows no limit of time: this is how it gets one.
"""

import sys
from dataclasses import dataclass

from consortium.answering import Tell, answer_over, quiet
from events.agenda.domain.allotting import find_places
from events.agenda.domain.asks import Case
from events.schedule.domain.ranking import RankingRefused
from events.schedule.engine.deadline import Deadline

SECONDS = 40.0
"""How long the proof may take for rounds that tell the same contents."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What places are found from, and the lot that decides between what is equally good."""

    case: Case
    seed: int


def answer_to(question: Question, tell: Tell = quiet) -> tuple[object, ...]:
    """Return ``("done", found)``, or ``("none", sentences)`` where what was decided cannot be."""
    deadline = Deadline(SECONDS)
    try:
        found = find_places(
            question.case, seed=question.seed, left=lambda: deadline.left, tell=tell
        )
    except RankingRefused as refusal:
        return "none", [refusal.message]
    return "done", found


if __name__ == "__main__":
    answer_over(sys.stdin.buffer, sys.stdout.buffer, answer_to)
