"""The engine in a process of its own: a flow has no time limit, so whoever waits can end it.

Questions come in as pickled values on stdin, from the process that began this one; on stdout go
pickled messages: how far it is, then the answers.
"""

import pickle
import sys
from typing import BinaryIO


def main(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer every question that is asked, and say meanwhile how far it is."""
    from cohorts.matching.engine.asking import answer  # noqa: PLC0415  (loads the solvers)

    def tell(*message: object) -> None:
        pickle.dump(message, answers)
        answers.flush()

    tell("step", "pairs", 0.0)
    questions = pickle.load(asked)  # noqa: S301  (from the process that began this one)
    found = [
        answer(question, lambda step, share: tell("step", step, share)) for question in questions
    ]
    tell("done", found)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
