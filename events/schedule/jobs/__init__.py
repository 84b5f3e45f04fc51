"""What the worker does for programmes: places that come free, proposals that are asked for."""

from flask import Flask

from events.schedule.jobs import proposing, waiting
from events.schedule.jobs.waiting import promote_waiters

__all__ = ["init_app", "promote_waiters", "proposing"]


def init_app(app: Flask) -> None:
    """Let the worker look in its rounds."""
    waiting.init_app(app)
    proposing.init_app(app)
