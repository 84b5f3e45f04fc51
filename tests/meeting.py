"""Threads that act at one moment, or wait for each other: careless programs fail every time."""

from collections.abc import Callable, Sequence
from threading import Barrier, Event, Lock, Thread
from uuid import UUID

from flask import Flask

from consortium.database import expect_writes, transaction
from consortium.errors import Refusal
from consortium.tenancy import as_tenant


class Meeting:
    """Holds everyone up until all have come once; from then on nobody waits.

    What a negative control shows must not hang on how busy the machine is, as a pause would.
    """

    def __init__(self, size: int) -> None:
        self._missing = size
        self._lock = Lock()
        self._all_here = Event()

    def wait(self) -> None:
        """Wait for the others. Whoever holds what they need would wait in vain, so not for ever."""
        with self._lock:
            self._missing -= 1
            if self._missing <= 0:
                self._all_here.set()
        assert self._all_here.wait(60), f"{self._missing} did not come"


def at_once(
    app: Flask, tenant_id: UUID, acts: Sequence[Callable[[], object]]
) -> tuple[list[Refusal], list[BaseException]]:
    """Do all acts at the same moment, each in a thread; return what was refused, and what broke."""
    together = Barrier(len(acts))
    refused: list[Refusal] = []
    broken: list[BaseException] = []

    def do(act: Callable[[], object]) -> None:
        try:
            with app.app_context(), as_tenant(tenant_id):
                together.wait()
                act()
        except Refusal as refusal:
            refused.append(refusal)
        except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
            broken.append(error)

    threads = [Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused, broken


def transacting(act: Callable[[], object]) -> Callable[[], object]:
    """Return the act in a transaction of its own."""

    def do() -> object:
        with transaction():
            return act()

    return do


def writing(act: Callable[[], object]) -> Callable[[], object]:
    """Return the act in a transaction that says from its beginning that it writes, as pages do."""

    def do() -> object:
        expect_writes()
        return transacting(act)()

    return do
