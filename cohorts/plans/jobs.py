"""Remind owners of goals of their next meeting."""

from datetime import timedelta

from flask import Flask

from cohorts.plans.service.reminding import plans_with_meetings, remind_owners
from consortium import jobs


def init_app(app: Flask) -> None:
    """Let the worker look every quarter of an hour."""
    jobs.register(app, jobs.every(timedelta(minutes=15), send_reminders))


def send_reminders(_app: Flask) -> int:
    """Promise what is due, one plan after the other; return how many mails."""
    return jobs.one_by_one(plans_with_meetings, remind_owners)
