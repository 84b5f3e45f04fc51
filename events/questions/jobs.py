"""Delete answers when their day has come, and files that belong to nothing."""

from datetime import timedelta

import structlog
from flask import Flask

from consortium import jobs
from consortium.database import end_reading
from consortium.files import service as files
from consortium.ports import GatewayDown
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.questions import service as questions

BY = "worker"

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Let the worker look for old answers once a day, and sweep files once an hour."""
    jobs.register(app, jobs.every(timedelta(days=1), forget_old_answers))
    jobs.register(app, jobs.every(timedelta(hours=1), sweep_files))


def forget_old_answers(_app: Flask) -> int:
    """Delete the answers that are kept no longer; return how many they were."""

    def forget() -> int:
        return questions.forget_answers(by=BY)

    return jobs.one_by_one(tenants.in_turn, forget)


def sweep_files(app: Flask) -> int:
    """Delete the bytes that no row names; return how many files that were."""
    storage = app.extensions["ports"].storage
    found = tenants.in_turn()
    end_reading()
    swept = 0
    for (tenant_id,) in found:
        try:
            with as_tenant(tenant_id):
                swept += files.sweep(storage)
        except GatewayDown:
            log.exception("files not swept", tenant=str(tenant_id))
        finally:
            end_reading()
    return swept
