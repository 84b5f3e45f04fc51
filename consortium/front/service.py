"""Whether this machine can do its work."""

from collections.abc import Callable, Mapping

import structlog
from sqlalchemy import select

from consortium.database import db
from consortium.tenants.models import Tenant

Check = Callable[[], str]
"""Returns ``ok``, or in a few words what is wrong."""

OK = "ok"

log = structlog.get_logger()


def database_answers() -> str:
    """Check that the database answers a question about our own tables."""
    db.session.execute(select(Tenant.id).limit(1)).first()
    return OK


def readiness(checks: Mapping[str, Check]) -> dict[str, str]:
    """Return what each check found; one that breaks says so and the others still run."""
    return {name: _found(name, check) for name, check in checks.items()}


def _found(name: str, check: Check) -> str:
    try:
        found = check()
    except Exception as error:  # noqa: BLE001  (whatever breaks, the answer is: not ready)
        db.session.rollback()
        log.warning("not ready", check=name, error=str(error).splitlines()[0])
        return "failed"
    if found != OK:
        log.warning("not ready", check=name, found=found)
    return found
