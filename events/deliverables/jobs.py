"""Remind teams of what is due, and delete what is kept no longer."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from consortium.tenants import service as tenants
from events.deliverables import service as deliverables

BY = "worker"


def init_app(app: Flask) -> None:
    """Let the worker look for reminders every quarter of an hour, and for old papers once a day."""
    jobs.register(app, jobs.every(timedelta(minutes=15), send_reminders))
    jobs.register(app, jobs.every(timedelta(days=1), forget_old_papers))


def send_reminders(_app: Flask) -> int:
    """Promise what is due, one thing after the other; return how many mails."""
    return jobs.one_by_one(deliverables.deliverables_with_rules, deliverables.remind_by_rule)


def forget_old_papers(_app: Flask) -> int:
    """Delete what teams handed in more than four years ago; return how many files."""

    def forget() -> int:
        return deliverables.forget_old(by=BY)

    return jobs.one_by_one(tenants.in_turn, forget)
