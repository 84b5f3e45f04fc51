"""Work that says how far it is, and its end in a process of its own.

``consortium.children`` begins such a process, hears it and ends it; this is the other side.
"""

import pickle
from collections.abc import Callable
from typing import Any, BinaryIO

Tell = Callable[[str, float], None]
"""Hears which step the work is at, and how much of the step is done, 0 to 1."""


def quiet(_step: str, _share: float) -> None:
    """Tell nobody."""


def answer_over(
    asked: BinaryIO, answers: BinaryIO, answer_to: Callable[[Any, Tell], tuple[object, ...]]
) -> None:
    """Answer a pickled question from the process that began this one, and say how far it is.

    What is said is pickled too: ``("step", name, share)`` as often as the work tells, and last
    what ``answer_to`` returns: ``("done", found)``, or ``("none", sentences)``.
    """

    def send(*message: object) -> None:
        pickle.dump(message, answers)
        answers.flush()

    question = pickle.load(asked)  # noqa: S301  (from the process that began this one)
    send(*answer_to(question, lambda step, share: send("step", step, share)))
