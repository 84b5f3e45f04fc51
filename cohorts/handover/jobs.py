"""Tell hosts once a week which partnerships have come to be at risk."""

from datetime import timedelta

from flask import Flask

from cohorts.handover.service.telling import tell_hosts_weekly
from consortium import jobs
from consortium.tenants import service as tenants


def init_app(app: Flask) -> None:
    """Let the worker look every hour; each consortium is looked after once a week."""
    jobs.register(app, jobs.every(timedelta(hours=1), tell_hosts))


def tell_hosts(_app: Flask) -> int:
    """Promise the mails of this week; return how many reasons they name."""

    def tell() -> int:
        return tell_hosts_weekly()

    return jobs.one_by_one(tenants.in_turn, tell)
