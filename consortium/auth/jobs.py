"""Forget what sign-in needs no longer."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from consortium.auth.service import requests
from consortium.database import transaction


def init_app(app: Flask) -> None:
    """Let the worker tidy up once an hour."""
    jobs.register(app, jobs.every(timedelta(hours=1), forget_spent_requests))


def forget_spent_requests(_app: Flask) -> int:
    """Forget the requests and mails of two days ago; return how many requests there were."""
    with transaction():
        return requests.forget_spent()
