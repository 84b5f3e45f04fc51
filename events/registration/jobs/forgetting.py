"""Delete what people told in confidence about food and access, when its time has passed."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from consortium.tenants import service as tenants
from events.registration.service import forgetting

BY = "worker"


def init_app(app: Flask) -> None:
    """Let the worker look once a day."""
    jobs.register(app, jobs.every(timedelta(days=1), forget_old_needs))


def forget_old_needs(_app: Flask) -> int:
    """Delete them in every consortium; return of how many people they were."""

    def forget() -> int:
        return forgetting.forget_needs(by=BY)

    return jobs.one_by_one(tenants.in_turn, forget)
