"""Work in a process of its own, which whoever waits for it can end at any moment."""

import os
import pickle
import queue
import subprocess
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

import structlog

from consortium import errands
from consortium.database import end_reading, transaction
from consortium.errands import ErrandColumns
from consortium.errors import Refusal
from consortium.settings import ROOT
from consortium.tenancy import as_tenant, for_every_tenant
from consortium.words import Sentence, say

ENDING_SECONDS = 1.0
TELL_SECONDS = 1.0
AT_ONCE = 1
"""Errands of one kind that a worker has in hand: each uses all of a small machine."""

Asked = TypeVar("Asked")

log = structlog.get_logger()


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


@dataclass(kw_only=True)
class Errand(Generic[Asked]):
    """Something that was asked for, and the child that does it."""

    tenant_id: UUID
    id: UUID
    asked: Asked
    child: Child
    since: float = field(default_factory=monotonic)
    told_at: float = 0.0


class Errands(ABC, Generic[Asked]):
    """What a worker has children do: begun, listened to, and ended when they take too long.

    A child says ``("step", name, share)`` as often as it likes, and last ``("done", found)``, or
    ``("none", sentences)`` where there is nothing to be found.
    """

    table: ClassVar[type[ErrandColumns]]
    """Its rows say what is asked for, and how far it is."""
    module: ClassVar[str]
    """What the child runs."""
    seconds: ClassVar[float]
    """So long one may take; then its child is ended."""
    silent: ClassVar[Sentence] = say("It ended without a result. Try again.")
    late: ClassVar[Sentence] = say("It took too long and was ended. Try again.")

    def __init__(
        self, launch: Callable[[Any], Child] | None = None, *, limit: float | None = None
    ) -> None:
        """Prepare the work; ``limit`` seconds are the most that one may take."""
        self.launch = launch or partial(Process, self.module)
        self.limit = self.seconds if limit is None else limit
        self._running: list[Errand[Asked]] = []

    @abstractmethod
    def take(self, errand_id: UUID) -> Asked | None:
        """Take one in hand; ``None`` when another worker has, or it is not wanted any more."""

    @abstractmethod
    def settle(self, errand_id: UUID, asked: Asked, found: Any) -> None:
        """Keep what was found. Raises ``Refusal`` where that cannot be any more."""

    @abstractmethod
    def fail(self, errand_id: UUID, why: Sequence[str]) -> None:
        """Keep that there is no result, and why."""

    def question(self, asked: Asked) -> object:
        """Return what the child is asked."""
        return asked

    def step(self) -> int:
        """Hear how far they are, keep what was found, and begin the next one."""
        done = sum(self._look_at(one) for one in list(self._running))
        return done + self._begin()

    def _begin(self) -> int:
        if len(self._running) >= AT_ONCE:
            return 0
        with for_every_tenant():
            waiting = list(errands.waiting(self.table))
        end_reading()
        for tenant_id, errand_id in waiting:
            with as_tenant(tenant_id), transaction():
                asked = self.take(errand_id)
            if asked is not None:
                child = self.launch(self.question(asked))
                errand = Errand(tenant_id=tenant_id, id=errand_id, asked=asked, child=child)
                self._running.append(errand)
                return 1
        return 0

    def _look_at(self, one: Errand[Asked]) -> int:
        step: Sequence[Any] = ("", 0.0)
        for kind, *said in one.child.heard():
            if kind == "step":
                step = said
                continue
            self._forget(one)
            if kind == "done":
                self._settle(one, said[0])
            else:
                self._fail(one, said[0])
            return 1
        if one.child.gone():
            self._forget(one)
            self._fail(one, [self.silent])
            return 1
        if monotonic() - one.since > self.limit:
            self._forget(one)
            self._fail(one, [self.late])
            return 1
        if monotonic() - one.told_at > TELL_SECONDS:
            one.told_at = monotonic()
            with as_tenant(one.tenant_id), transaction():
                wanted = errands.tell_progress(self.table, one.id, *step)
            if not wanted:
                self._forget(one)
        return 0

    def _settle(self, one: Errand[Asked], found: object) -> None:
        try:
            with as_tenant(one.tenant_id), transaction():
                self.settle(one.id, one.asked, found)
        except Refusal as refusal:
            self._fail(one, [refusal.message])

    def _fail(self, one: Errand[Asked], why: Sequence[str]) -> None:
        said = [str(each) for each in why]
        log.warning("no result", errand=f"{self.table.__tablename__}:{one.id}", why=said)
        with as_tenant(one.tenant_id), transaction():
            self.fail(one.id, why)

    def _forget(self, one: Errand[Asked]) -> None:
        self._running.remove(one)
        one.child.kill()
