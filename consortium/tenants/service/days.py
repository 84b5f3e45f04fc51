"""Which day it is where a consortium is: in the evening the world's clock is a day ahead."""

from datetime import date, datetime, time

from consortium import clock
from consortium.database import db
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant


def today() -> date:
    """Return the day by which the current consortium's people date what they do."""
    return clock.now().astimezone(_tenant().zone).date()


def begins(day: date) -> datetime:
    """Return the first moment of a day where the current consortium is."""
    return datetime.combine(day, time(), _tenant().zone)


def _tenant() -> Tenant:
    return db.session.get_one(Tenant, require_tenant())
