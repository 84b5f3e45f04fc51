"""Which day it is where a consortium is: in the evening the world's clock is a day ahead."""

from datetime import date

from consortium import clock
from consortium.database import db
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant


def today() -> date:
    """Return the day by which the current consortium's people date what they do."""
    tenant = db.session.get_one(Tenant, require_tenant())
    return clock.now().astimezone(tenant.zone).date()
