"""Places found in a process of its own, so that whoever waits for it can end it.

The question comes in as a pickled value on stdin, from the process that began this one; on stdout
go pickled messages: how far it is, then the answer. A flow knows no limit of time: this is how it
gets one.
"""

import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

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


def answer_to(
    question: Question, tell: Callable[[str, float], None] = lambda _step, _share: None
) -> tuple[object, ...]:
    """Return ``("done", found)``, or ``("none", sentences)`` where what was decided cannot be."""
    deadline = Deadline(SECONDS)
    try:
        found = find_places(
            question.case, seed=question.seed, left=lambda: deadline.left, tell=tell
        )
    except RankingRefused as refusal:
        return "none", [refusal.message]
    return "done", found


def main(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer the question, and say meanwhile how far it is."""

    def say(*message: object) -> None:
        pickle.dump(message, answers)
        answers.flush()

    question = pickle.load(asked)  # noqa: S301  (from the process that began this one)
    say(*answer_to(question, lambda step, share: say("step", step, share)))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
