"""Work in a process of its own, which whoever waits for it can end at any moment."""

import os
import pickle
import queue
import subprocess
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from consortium.database import end_reading, transaction
from consortium.settings import ROOT
from consortium.tenancy import as_tenant, for_every_tenant

ENDING_SECONDS = 1.0
TELL_SECONDS = 1.0
AT_ONCE = 1
"""Errands of one kind that a worker has in hand: each uses all of a small machine."""

Asked = TypeVar("Asked")


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
    """What a worker has children do: begun, listened to, and ended when they take too long."""

    def __init__(self, launch: Callable[[Any], Child], limit: float) -> None:
        """Prepare the work; ``limit`` seconds are the most that one errand may take."""
        self.launch, self.limit = launch, limit
        self._running: list[Errand[Asked]] = []

    @abstractmethod
    def waiting(self) -> Iterable[tuple[UUID, UUID]]:
        """Return the tenant and the id of whatever is asked for, in any consortium."""

    @abstractmethod
    def take(self, errand_id: UUID) -> Asked | None:
        """Take one in hand; ``None`` when another worker has, or it is not wanted any more."""

    @abstractmethod
    def question(self, asked: Asked) -> object:
        """Return what the child is asked."""

    @abstractmethod
    def tell(self, errand_id: UUID, step: str, share: float) -> bool:
        """Keep how far it is; tell whether it is still wanted."""

    @abstractmethod
    def end(self, errand: Errand[Asked], kind: str, said: Sequence[Any]) -> None:
        """Keep what the child said last."""

    @abstractmethod
    def ended_silently(self, errand: Errand[Asked]) -> None:
        """Keep that the child is gone without an answer."""

    @abstractmethod
    def took_too_long(self, errand: Errand[Asked]) -> None:
        """Keep that the child was ended at its limit."""

    def step(self) -> int:
        """Hear how far they are, keep what was found, and begin the next one."""
        done = sum(self._look_at(one) for one in list(self._running))
        return done + self._begin()

    def _begin(self) -> int:
        if len(self._running) >= AT_ONCE:
            return 0
        with for_every_tenant():
            waiting = list(self.waiting())
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
        step: Sequence[Any] | None = None
        for kind, *said in one.child.heard():
            if kind == "step":
                step = said
                continue
            self._forget(one)
            self.end(one, kind, said)
            return 1
        if one.child.gone():
            self._forget(one)
            self.ended_silently(one)
            return 1
        if monotonic() - one.since > self.limit:
            self._forget(one)
            self.took_too_long(one)
            return 1
        if monotonic() - one.told_at > TELL_SECONDS:
            one.told_at = monotonic()
            name, share = step or ("", 0.0)
            with as_tenant(one.tenant_id), transaction():
                wanted = self.tell(one.id, name, share)
            if not wanted:
                self._forget(one)
        return 0

    def _forget(self, one: Errand[Asked]) -> None:
        self._running.remove(one)
        one.child.kill()
