"""Turns in the order of arrival, for the threads of one process."""

import threading
from collections import deque


class Turns:
    """One at a time, first come, first served.

    A plain lock goes to whoever happens to be awake: under a rush of dozens some threads never
    are, and give up although everyone is quick.
    """

    def __init__(self) -> None:
        """Begin with nobody's turn."""
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    def take(self, patience: float) -> bool:
        """Wait for one's turn, so many seconds at most; return whether it came."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(patience):
            return True
        with self._guard:
            if mine.is_set():  # it came at the last moment
                return True
            self._waiting.remove(mine)
            return False

    def end(self) -> None:
        """Give the turn to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
