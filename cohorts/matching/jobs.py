"""Do the searches for peers that coordinators asked for, each in a process of its own."""

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Protocol
from uuid import UUID

import structlog
from flask import Flask

from cohorts.matching.engine.question import Answer, Question
from cohorts.matching.service import searches
from cohorts.matching.service.gathering import Group
from consortium import jobs
from consortium.database import end_reading, transaction
from consortium.errors import Refusal
from consortium.settings import ROOT
from consortium.tenancy import as_tenant, for_every_tenant
from consortium.words import say

LIMIT_SECONDS = 240.0
"""So long a search may take; the largest that was measured needs a fifth of it."""
TELL_SECONDS = 1.0
AT_ONCE = 1
"""Searches of one worker at a time: each uses all of a small machine."""

log = structlog.get_logger()


class Child(Protocol):
    """A search that goes on elsewhere."""

    def heard(self) -> Sequence[tuple[Any, ...]]:
        """Return what it said since it was last asked."""

    def gone(self) -> bool:
        """Tell whether it has ended and everything it said was heard."""

    def kill(self) -> None:
        """End it at once."""


Launch = Callable[[Sequence[Question]], Child]


class Process:
    """A process that searches; what it says is read by a thread."""

    def __init__(self, questions: Sequence[Question]) -> None:
        """Begin the search."""
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cohorts.matching.engine.apart"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
        )
        self._said: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._talk, args=(tuple(questions),), daemon=True)
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
        self._thread.join(TELL_SECONDS)

    def _talk(self, questions: tuple[Question, ...]) -> None:
        with self._process as process:
            try:
                with process.stdin or _no_pipe() as asked:
                    pickle.dump(questions, asked)
                while True:
                    message = pickle.load(process.stdout or _no_pipe())  # noqa: S301  (our child)
                    self._said.put(message)
            except (EOFError, OSError, pickle.UnpicklingError):
                return


def _no_pipe() -> Any:
    raise OSError("the process was begun without a pipe")


@dataclass(kw_only=True)
class _Running:
    tenant_id: UUID
    search_id: UUID
    group: Group
    child: Child
    since: float = field(default_factory=monotonic)
    told_at: float = 0.0


class Searches:
    """The searches that this worker does, and has not ended yet."""

    def __init__(self, launch: Launch = Process, *, limit: float = LIMIT_SECONDS) -> None:
        """Prepare the work; ``limit`` seconds are the most that one may take."""
        self.launch, self.limit = launch, limit
        self._running: list[_Running] = []

    def step(self) -> int:
        """Hear how far searches are, keep what they found, and begin the next one."""
        done = sum(self._look_at(one) for one in list(self._running))
        return done + self._begin()

    def _begin(self) -> int:
        if len(self._running) >= AT_ONCE:
            return 0
        with for_every_tenant():
            waiting = searches.waiting_searches()
        end_reading()
        ours = {one.search_id for one in self._running}
        for tenant_id, search_id in waiting:
            if search_id in ours:
                continue
            with as_tenant(tenant_id), transaction():
                group = searches.take_search(search_id)
            if group is not None:
                child = self.launch(group.questions)
                self._running.append(
                    _Running(tenant_id=tenant_id, search_id=search_id, group=group, child=child)
                )
                return 1
        return 0

    def _look_at(self, one: _Running) -> int:
        answers, step = None, None
        for kind, *said in one.child.heard():
            if kind == "done":
                answers = said[0]
            else:
                step = said
        if answers is not None:
            self._end(one, answers)
            return 1
        if one.child.gone():
            self._fail(one, say("The search ended without an answer. Try it again."))
            return 1
        if monotonic() - one.since > self.limit:
            minutes = max(1, round(self.limit / 60))
            self._fail(one, say("The search took more than %(minutes)s minutes.", minutes=minutes))
            return 1
        if monotonic() - one.told_at > TELL_SECONDS:
            one.told_at = monotonic()
            name, share = step or ("", 0.0)
            with as_tenant(one.tenant_id), transaction():
                wanted = searches.tell_progress(one.search_id, name, share)
            if not wanted:
                self._forget(one)
        return 0

    def _end(self, one: _Running, answers: Sequence[Answer]) -> None:
        try:
            with as_tenant(one.tenant_id), transaction():
                searches.settle_search(one.search_id, one.group, answers)
        except Refusal as refusal:
            self._fail(one, refusal.message)
        else:
            self._forget(one)

    def _fail(self, one: _Running, why: str) -> None:
        log.warning("search for peers failed", search=str(one.search_id), why=why)
        self._forget(one)
        with as_tenant(one.tenant_id), transaction():
            searches.fail_search(one.search_id, why)

    def _forget(self, one: _Running) -> None:
        self._running.remove(one)
        one.child.kill()


def init_app(app: Flask) -> None:
    """Let the worker look in each of its rounds."""
    app.extensions["peer_searches"] = Searches()
    jobs.register(app, search_for_peers)


def search_for_peers(app: Flask) -> int:
    """Do what is to do for the searches that were asked for; return how many went on."""
    work: Searches = app.extensions["peer_searches"]
    return work.step()
