"""How long an engine may think, and a way to tell it to stop with the best it has."""

import threading
import time
from collections.abc import Callable


class Deadline:
    """A limit in seconds by a clock that is given, which someone may also end at once."""

    def __init__(
        self, seconds: float | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._ends = None if seconds is None else clock() + seconds
        self._told = threading.Event()
        self.ran_out = False
        """Whether anybody was kept from going on by the limit (and not only by being told)."""

    def stop(self) -> None:
        """End the thinking now: whoever looks next stops with the best so far."""
        self._told.set()

    @property
    def stopped(self) -> bool:
        """Whether someone ended it."""
        return self._told.is_set()

    @property
    def left(self) -> float:
        """Seconds until the limit; none are left once someone ended it."""
        if self.stopped:
            return 0.0
        return float("inf") if self._ends is None else max(0.0, self._ends - self._clock())

    @property
    def passed(self) -> bool:
        """Whether it is time to stop."""
        if self.stopped:
            return True
        if self.left > 0:
            return False
        self.ran_out = True
        return True

    def part(self, share: float) -> "Deadline":
        """Return a limit at a share of what is left, which ends with this one."""
        part = Deadline(None if self._ends is None else self.left * share, clock=self._clock)
        part._told = self._told
        return part
