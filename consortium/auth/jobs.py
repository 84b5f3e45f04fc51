"""Forget what sign-in needs no longer."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from consortium.auth.service import challenges, requests
from consortium.database import transaction


def init_app(app: Flask) -> None:
    """Let the worker tidy up once an hour."""
    for step in (forget_spent_requests, forget_old_challenges):
        jobs.register(app, jobs.every(timedelta(hours=1), step))


def forget_spent_requests(_app: Flask) -> int:
    """Forget the requests and mails of two days ago; return how many requests there were."""
    with transaction():
        return requests.forget_spent()


def forget_old_challenges(_app: Flask) -> int:
    """Forget what passkeys were asked to sign and can no longer; return how many there were."""
    with transaction():
        return challenges.forget_old()
