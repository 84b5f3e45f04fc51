"""The engine in a process of its own, so that whoever waits for it can end it.

The question comes in as a pickled value on stdin, from the process that began this one; on stdout
go pickled messages: how far it is, then the answer.
"""

import pickle
import sys
from typing import BinaryIO

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


def answer_to(question: Question, tell: object = None) -> tuple[object, ...]:
    """Return ``("done", placements)``, or ``("none", sentences)`` that say why there are none."""
    from events.schedule.engine.planning import Wish, schedule  # noqa: PLC0415  (loads the solvers)

    wish = Wish(former=question.former, keep=question.keep)
    told = {"tell": tell} if callable(tell) else {}
    try:
        found = schedule(question.programme, wish, Deadline(SECONDS), **told)
    except NoPlan as no:
        return "none", no.clash.sentences
    except NotFoundInTime:
        return "none", [NOT_IN_TIME]
    return "done", found.placements


def main(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer the question, and say meanwhile how far it is."""

    def send(*message: object) -> None:
        pickle.dump(message, answers)
        answers.flush()

    send("step", "rules", 0.0)
    question = pickle.load(asked)  # noqa: S301  (from the process that began this one)
    send(*answer_to(question, lambda what, share: send("step", what, share)))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
