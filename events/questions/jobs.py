"""Delete answers when their day has come, and files that belong to nothing."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import structlog
from flask import Flask

from consortium import jobs
from consortium.database import end_reading, transaction
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
        with transaction():
            return questions.forget_answers(by=BY)

    return sum(_for_each_tenant(forget))


def sweep_files(app: Flask) -> int:
    """Delete the bytes that no row names; return how many files that were."""
    storage = app.extensions["ports"].storage

    def sweep() -> int:
        try:
            return files.sweep(storage)
        except GatewayDown:
            log.exception("files not swept")
            return 0
        finally:
            end_reading()

    return sum(_for_each_tenant(sweep))


def _for_each_tenant(act: Callable[[], int]) -> Iterator[int]:
    tenant_ids: list[UUID] = [tenant.id for tenant in tenants.consortia()]
    end_reading()
    for tenant_id in tenant_ids:
        with as_tenant(tenant_id):
            yield act()
