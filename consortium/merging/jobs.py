"""Forget what stood before merges, when they cannot be undone any more."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from consortium.merging.service import memory
from consortium.tenants import service as tenants

MOST_AT_ONCE = 50
"""Rounds in one consortium; the next day goes on."""


def init_app(app: Flask) -> None:
    """Let the worker look once a day."""
    jobs.register(app, jobs.every(timedelta(days=1), forget_old_merges))


def forget_old_merges(_app: Flask) -> int:
    """Forget it in every consortium; return of how many merges."""
    return jobs.one_by_one(tenants.in_turn, memory.forget_old, most=MOST_AT_ONCE)
