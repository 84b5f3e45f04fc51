"""Send the reminders that hosts have set by rule."""

from datetime import timedelta

import structlog
from flask import Flask

from consortium import jobs
from consortium.database import end_reading, transaction
from consortium.tenancy import as_tenant, for_every_tenant
from events.board.service import rules

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Let the worker look every quarter of an hour."""
    jobs.register(app, jobs.every(timedelta(minutes=15), send_reminders))


def send_reminders(_app: Flask) -> int:
    """Promise what is due, institute by institute; return how many mails.

    Each institute is a transaction of its own: one that fails does not stop the others.
    """
    with for_every_tenant():
        found = rules.institutes_with_rules()
    end_reading()
    done = 0
    for tenant_id, institute_id in found:
        try:
            with as_tenant(tenant_id), transaction():
                done += rules.remind_by_rule(institute_id)
        except Exception:
            log.exception("reminders not sent", institute=str(institute_id))
    return done
