"""Remind the leads of drafts that lie still."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from events.registration.service import stalling


def init_app(app: Flask) -> None:
    """Let the worker look for them once an hour."""
    jobs.register(app, jobs.every(timedelta(hours=1), nudge_leads))


def nudge_leads(_app: Flask) -> int:
    """Remind the leads of drafts that lie still; return of how many teams."""
    return jobs.one_by_one(stalling.drafts_to_nudge, stalling.nudge)
