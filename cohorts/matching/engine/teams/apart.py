"""Tables and partners found in a process of its own, so that whoever waits for it can end it.

The question comes in as a pickled value on stdin, from the process that began this one; on stdout
go pickled messages: how far it is, then the answer.
"""

import pickle
import sys
from typing import BinaryIO


def main(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer the question, and say meanwhile how far it is."""
    from cohorts.matching.engine.teams.asking import answer_to  # noqa: PLC0415  (loads the solvers)

    def send(*message: object) -> None:
        pickle.dump(message, answers)
        answers.flush()

    question = pickle.load(asked)  # noqa: S301  (from the process that began this one)
    send(*answer_to(question, lambda step, share: send("step", step, share)))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
