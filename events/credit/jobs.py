"""Delete attendance and certificates when their time has passed."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from consortium.outbox.exports import makes
from consortium.tenants import service as tenants
from events.credit.emails import MAKER
from events.credit.exports import certificate_file
from events.credit.service import keeping

BY = "worker"


def init_app(app: Flask) -> None:
    """Let the worker look once a day, and print certificates when their mail goes out."""
    jobs.register(app, jobs.every(timedelta(days=1), sweep_records))
    makes(app, MAKER, certificate_file)


def sweep_records(_app: Flask) -> int:
    """Purge what is past its time in every consortium; return of how many institutes."""

    def sweep() -> int:
        return keeping.sweep(by=BY)

    return jobs.one_by_one(tenants.in_turn, sweep)
