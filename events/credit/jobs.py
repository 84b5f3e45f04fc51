"""Ask how it was, and delete attendance and certificates when their time has passed."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from consortium.outbox.exports import makes
from consortium.tenants import service as tenants
from events.credit.emails import MAKER
from events.credit.exports import certificate_file
from events.credit.service import evaluations, keeping

BY = "worker"
MOST_ROUNDS = 20
"""Of mails to one institute, so that thousands are asked in one go."""


def init_app(app: Flask) -> None:
    """Let the worker ask every quarter of an hour, delete once a day, and print certificates."""
    jobs.register(app, jobs.every(timedelta(minutes=15), ask_how_it_was))
    jobs.register(app, jobs.every(timedelta(days=1), sweep_records))
    makes(app, MAKER, certificate_file)


def ask_how_it_was(_app: Flask) -> int:
    """Promise the mails of evaluations that are due; return how many."""
    return jobs.one_by_one(
        evaluations.institutes_to_ask_at, evaluations.ask_by_mail, most=MOST_ROUNDS
    )


def sweep_records(_app: Flask) -> int:
    """Purge what is past its time in every consortium; return of how many institutes."""

    def sweep() -> int:
        return keeping.sweep(by=BY)

    return jobs.one_by_one(tenants.in_turn, sweep)
