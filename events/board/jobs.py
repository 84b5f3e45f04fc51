"""Send the reminders that hosts have set by rule."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from events.board.service import rules


def init_app(app: Flask) -> None:
    """Let the worker look every quarter of an hour."""
    jobs.register(app, jobs.every(timedelta(minutes=15), send_reminders))


def send_reminders(_app: Flask) -> int:
    """Promise what is due, institute by institute; return how many mails."""
    return jobs.one_by_one(rules.institutes_with_rules, rules.remind_by_rule)
