"""The engine in a process of its own: a flow has no time limit, so whoever waits can end it."""

import sys
from collections.abc import Sequence

from cohorts.matching.engine.question import Question
from consortium.answering import Tell, answer_over


def answer_to(questions: Sequence[Question], tell: Tell) -> tuple[object, ...]:
    """Return ``("done", answers)``, one for each question."""
    tell("pairs", 0.0)
    from cohorts.matching.engine.asking import answer  # noqa: PLC0415  (loads the solvers)

    return "done", [answer(question, tell) for question in questions]


if __name__ == "__main__":
    answer_over(sys.stdin.buffer, sys.stdout.buffer, answer_to)
