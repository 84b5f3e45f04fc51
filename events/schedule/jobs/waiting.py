"""Give free places in sessions to who waits, where nobody could at the moment they came free."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from events.schedule.service import promoting

EVERY = timedelta(seconds=10)


def init_app(app: Flask) -> None:
    """Let the worker look every few seconds."""
    jobs.register(app, jobs.every(EVERY, promote_waiters))


def promote_waiters(_app: Flask) -> int:
    """End the waits that can end, session by session; return how many."""
    return jobs.one_by_one(promoting.sessions_to_promote, promoting.promote_one)
