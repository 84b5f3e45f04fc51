"""What the worker does for intake."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from events.intake.service import reminding


def init_app(app: Flask) -> None:
    """Let the worker remind leaders once an hour."""
    jobs.register(app, jobs.every(timedelta(hours=1), remind_leaders))


def remind_leaders(_app: Flask) -> int:
    """Remind leaders whose pledge is still open; return how many."""
    return jobs.one_by_one(reminding.pledges_to_remind, reminding.remind_leader)
