"""Remind the leads of drafts that lie still."""

from datetime import timedelta

import structlog
from flask import Flask

from consortium import jobs
from consortium.database import end_reading, transaction
from consortium.tenancy import as_tenant, for_every_tenant
from events.registration.service import stalling

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Let the worker look for them once an hour."""
    jobs.register(app, jobs.every(timedelta(hours=1), nudge_leads))


def nudge_leads(_app: Flask) -> int:
    """Remind the leads of drafts that lie still; return of how many teams.

    Each team is a transaction of its own: one that cannot be reminded does not stop the others.
    """
    with for_every_tenant():
        found = stalling.drafts_to_nudge()
    end_reading()
    nudged = 0
    for tenant_id, team_id in found:
        try:
            with as_tenant(tenant_id), transaction():
                nudged += stalling.nudge(team_id)
        except Exception:
            log.exception("draft not nudged", team=str(team_id))
    return nudged
