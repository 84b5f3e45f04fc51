"""The worker: does what is due, over and over, as a thread or as a process of its own."""

import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import wraps
from time import monotonic
from types import FrameType
from typing import Any

import structlog
from flask import Flask

from consortium import context
from consortium.database import end_reading, transaction
from consortium.outbox.jobs import deliver_due
from consortium.tenancy import as_tenant, for_every_tenant

# Does what is due at this moment and says how much that was.
Step = Callable[[Flask], int]

IDLE_SECONDS = 1.0
PAUSE_SECONDS = 5.0  # after a failure, so that a broken database is not asked a thousand times
GOODBYE_SECONDS = 20.0
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)

log = structlog.get_logger()


def register(app: Flask, step: Step) -> None:
    """Let every worker of this application do the step in each of its rounds."""
    app.extensions.setdefault("steps", []).append(step)


def every(interval: timedelta, step: Step) -> Step:
    """Return the step slowed down: a worker does it at once, then at most so often."""
    due = monotonic()

    @wraps(step)
    def slowed(app: Flask) -> int:
        nonlocal due
        if monotonic() < due:
            return 0
        due = monotonic() + interval.total_seconds()
        return step(app)

    return slowed


def one_by_one(
    find: Callable[[], Iterable[Sequence[Any]]],
    act: Callable[..., int],
    *,
    most: int = 1,
    passing: type[Exception] | tuple[()] = (),
) -> int:
    """Do the act for each row that is found in any consortium; return how much was done.

    ``find`` gives for each its tenant's id and what the act is called with. Each time is a
    transaction of its own, so that no two workers wait for each other long; what fails for one is
    logged and does not stop the others. With ``most`` an act is done for its row so often, or
    until nothing is left of it. ``passing`` is what the next round settles by itself.
    """
    with for_every_tenant():
        found = list(find())
    end_reading()
    total = 0
    for tenant_id, *subject in found:
        for _ in range(most):
            try:
                with as_tenant(tenant_id), transaction():
                    done = act(*subject)
            except passing:
                break
            except Exception:
                name = getattr(act, "__name__", repr(act))
                log.exception("act failed", act=name, subject=[str(one) for one in subject])
                break
            if not done:
                break
            total += done
    return total


class Worker:
    """Does the steps in turn until it is told to stop; a failing step does not stop the others."""

    def __init__(
        self,
        app: Flask,
        steps: Sequence[Step] | None = None,
        *,
        idle_seconds: float = IDLE_SECONDS,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        """Prepare the work: sending mail and what features registered, unless told otherwise."""
        self._app = app
        if steps is None:
            steps = (deliver_due, *app.extensions.get("steps", ()))
        self._steps = tuple(steps)
        self._idle_seconds = idle_seconds
        self._pause_seconds = pause_seconds
        self._told_to_stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._beat = monotonic()

    @property
    def seconds_since_beat(self) -> float:
        """How long ago the worker last began a step; the measure of its health."""
        return monotonic() - self._beat

    def run_once(self) -> int:
        """Do every step once and return how much was done. Raises what the steps raise, grouped."""
        done = 0
        failures: list[Exception] = []
        for step in self._steps:
            if self._told_to_stop.is_set():
                break
            self._beat = monotonic()
            try:
                with self._app.app_context():
                    context.begin_request()
                    done += step(self._app)
            except Exception as error:
                name = getattr(step, "__name__", repr(step))
                log.exception("step failed", step=name)
                failures.append(error)
        if failures:
            raise ExceptionGroup("steps failed", failures)
        return done

    def run_forever(self) -> None:
        """Work until told to stop; in the main thread SIGTERM and Ctrl-C tell it."""
        with _StopSignals(self._told_to_stop):
            while not self._told_to_stop.is_set():
                try:
                    wait = 0.0 if self.run_once() else self._idle_seconds
                except ExceptionGroup:  # each of them is in the log
                    wait = self._pause_seconds
                self._told_to_stop.wait(wait)

    def start(self) -> None:
        """Work in a thread beside the web requests of this process."""
        self._thread = threading.Thread(target=self.run_forever, name="worker", daemon=True)
        self._thread.start()

    def stop(self, patience: float = GOODBYE_SECONDS) -> None:
        """Tell the worker to stop, and wait until the step in hand is done.

        What is not done after that is cut off; leases let another worker take it up.
        """
        self._told_to_stop.set()
        if self._thread is not None:
            self._thread.join(patience)


class _StopSignals:
    """Sets an event on SIGTERM and Ctrl-C inside the block; only a main thread can."""

    def __init__(self, event: threading.Event) -> None:
        self._event = event
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return
        for number in STOP_SIGNALS:
            self._before[number] = signal.signal(number, self._stop)

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._event.set()
