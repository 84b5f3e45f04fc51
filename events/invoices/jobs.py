"""What the worker does for invoices."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from events.invoices.service import dunning


def init_app(app: Flask) -> None:
    """Let the worker look for overdue invoices once an hour."""
    jobs.register(app, jobs.every(timedelta(hours=1), remind_payers))


def remind_payers(_app: Flask) -> int:
    """Remind payers of what is overdue; return how many mails were promised."""
    return jobs.one_by_one(dunning.reminders_due, dunning.remind_overdue)
