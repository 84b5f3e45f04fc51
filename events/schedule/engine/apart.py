"""The engine in a process of its own, so that whoever waits for it can end it."""

import sys

from consortium.answering import Tell, answer_over, quiet
from consortium.words import say
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.drafted import Question
from events.schedule.engine.values import NoPlan, NotFoundInTime

SECONDS = 40.0
"""How long a proposal may take; half of that is enough for three hundred sessions."""
NOT_IN_TIME = say(
    "No programme that keeps every rule was found in time. Lock fewer sessions, or write down more "
    "rooms, then ask again."
)


def answer_to(question: Question, tell: Tell = quiet) -> tuple[object, ...]:
    """Return ``("done", placements)``, or ``("none", sentences)`` that say why there are none."""
    tell("rules", 0.0)
    from events.schedule.engine.planning import Wish, schedule  # noqa: PLC0415  (loads the solvers)

    wish = Wish(former=question.former, keep=question.keep)
    try:
        found = schedule(question.programme, wish, Deadline(SECONDS), tell=tell)
    except NoPlan as no:
        return "none", no.clash.sentences
    except NotFoundInTime:
        return "none", [NOT_IN_TIME]
    return "done", found.placements


if __name__ == "__main__":
    answer_over(sys.stdin.buffer, sys.stdout.buffer, answer_to)
