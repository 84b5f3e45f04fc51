"""Ways in which a supplier fails, written down beforehand."""

import re
from dataclasses import dataclass
from enum import Enum
from threading import Lock


class Kind(Enum):
    """What goes wrong with a request."""

    ERROR = "error"
    """An answer with ``status``, before anything was done."""
    SLOW = "slow"
    """Done and answered, ``seconds`` late."""
    RESET = "reset"
    """The connection ends before anything was done."""
    LOST = "lost"
    """Everything was done, and the connection ends before the answer."""
    GARBLED = "garbled"
    """Nothing was done, and the answer is a web page of some proxy."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong, with the next request whose ``METHOD /path`` matches."""

    kind: Kind
    matching: str = ""
    status: int = 500
    seconds: float = 0.0
    remembered: bool = False
    """Whether an idempotency key gives the same error again, as Stripe's own errors may."""


class Faults:
    """Faults to come, in the order in which they were scripted."""

    def __init__(self) -> None:
        self._coming: list[Fault] = []
        self._lock = Lock()

    def add(self, kind: Kind | str, matching: str = "", *, times: int = 1, **how) -> None:
        """Let the next ``times`` matching requests fail in this way."""
        with self._lock:
            self._coming += [Fault(Kind(kind), matching, **how)] * times

    def clear(self) -> None:
        with self._lock:
            self._coming.clear()

    def take(self, request: str) -> Fault | None:
        """Return the fault that this request meets, if any."""
        with self._lock:
            for fault in self._coming:
                if re.search(fault.matching, request):
                    self._coming.remove(fault)
                    return fault
        return None
