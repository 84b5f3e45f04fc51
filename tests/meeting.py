"""A place where threads wait for each other, so that a careless program is careless every time."""

from threading import Event, Lock


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
