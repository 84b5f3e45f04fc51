"""What the worker does for intake."""

from datetime import timedelta

import structlog
from flask import Flask

from consortium import jobs
from consortium.database import end_reading, transaction
from consortium.tenancy import as_tenant, for_every_tenant
from events.intake.service import reminding

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Let the worker remind leaders once an hour."""
    jobs.register(app, jobs.every(timedelta(hours=1), remind_leaders))


def remind_leaders(_app: Flask) -> int:
    """Remind leaders whose pledge is still open; return how many.

    Each is a transaction of its own: one that fails does not stop the others.
    """
    with for_every_tenant():
        found = reminding.pledges_to_remind()
    end_reading()
    reminded = 0
    for tenant_id, application_id, role_code in found:
        try:
            with as_tenant(tenant_id), transaction():
                reminded += reminding.remind_leader(application_id, role_code)
        except Exception:
            log.exception("leader not reminded", application=str(application_id))
    return reminded
