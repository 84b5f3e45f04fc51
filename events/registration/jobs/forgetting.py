"""Delete what people told in confidence about food and access, when its time has passed."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from consortium.database import end_reading, transaction
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.registration.service import forgetting


def init_app(app: Flask) -> None:
    """Let the worker look once a day."""
    jobs.register(app, jobs.every(timedelta(days=1), forget_old_needs))


def forget_old_needs(_app: Flask) -> int:
    """Delete them in every consortium; return of how many people they were."""
    tenant_ids = [tenant.id for tenant in tenants.consortia()]
    end_reading()
    forgotten = 0
    for tenant_id in tenant_ids:
        with as_tenant(tenant_id), transaction():
            forgotten += forgetting.forget_needs(by="worker")
    return forgotten
