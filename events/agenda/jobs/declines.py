"""Tell consortia once a day who cannot come."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from consortium.tenants import service as tenants
from events.agenda.service import coming


def init_app(app: Flask) -> None:
    """Let the worker look a few times in an hour."""
    jobs.register(app, jobs.every(timedelta(minutes=10), tell_of_declines))


def tell_of_declines(_app: Flask) -> int:
    """Promise the mails; return how many."""
    return jobs.one_by_one(tenants.in_turn, coming.tell_of_declines)
