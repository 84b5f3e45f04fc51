"""Work in a process of its own, which whoever waits for it can end at any moment."""

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Any, Protocol

from consortium.settings import ROOT

ENDING_SECONDS = 1.0


class Child(Protocol):
    """Work that goes on elsewhere."""

    def heard(self) -> Sequence[tuple[Any, ...]]:
        """Return what it said since it was last asked."""

    def gone(self) -> bool:
        """Tell whether it has ended and everything it said was heard."""

    def kill(self) -> None:
        """End it at once."""


class Process:
    """A process that runs a module of ours; what it says is read by a thread."""

    def __init__(self, module: str, question: object) -> None:
        """Begin the work: the module reads the pickled question and writes pickled messages."""
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
        )
        self._said: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._talk, args=(question,), daemon=True)
        self._thread.start()

    def heard(self) -> Sequence[tuple[Any, ...]]:
        """Return what it said since it was last asked."""
        said = []
        while not self._said.empty():
            said.append(self._said.get())
        return said

    def gone(self) -> bool:
        """Tell whether it has ended and everything it said was heard."""
        return not self._thread.is_alive() and self._said.empty()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._thread.join(ENDING_SECONDS)

    def _talk(self, question: object) -> None:
        with self._process as process:
            try:
                with process.stdin or _no_pipe() as asked:
                    pickle.dump(question, asked)
                while True:
                    message = pickle.load(process.stdout or _no_pipe())  # noqa: S301  (our child)
                    self._said.put(message)
            except (EOFError, OSError, pickle.UnpicklingError):
                return


def _no_pipe() -> Any:
    raise OSError("the process was begun without a pipe")
