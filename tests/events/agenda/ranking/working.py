"""The worker that finds places, with the work done in the test's own process."""

from collections.abc import Sequence
from typing import Any

from events.agenda.engine.apart import Question, answer_to
from events.agenda.jobs.places import PlacesDrafts


class Here:
    """Places found in this process, before anybody asks for them."""

    def __init__(self, question: Question) -> None:
        self._said: list[tuple[Any, ...]] = [("step", "late", 0.5), answer_to(question)]

    def heard(self) -> Sequence[tuple[Any, ...]]:
        """Return what it said, once."""
        said, self._said = self._said, []
        return said

    def gone(self) -> bool:
        """Tell that nothing more is to be heard."""
        return not self._said

    def kill(self) -> None:
        """Do nothing: it has ended."""


class Dead(Here):
    """A process that ended without a word."""

    def __init__(self, question: Question) -> None:  # noqa: ARG002  (it dies before it reads)
        self._said = []


class Slow(Here):
    """A process that never ends by itself."""

    killed = 0

    def __init__(self, question: Question) -> None:  # noqa: ARG002  (it never answers)
        self._said = []

    def gone(self) -> bool:
        """Tell that it goes on."""
        return False

    def kill(self) -> None:
        """Count how often it was ended."""
        Slow.killed += 1


def work(launch: Any = Here, **limits: float) -> None:
    """Do everything that was asked for."""
    drafts = PlacesDrafts(launch, **limits)
    while drafts.step():
        pass
