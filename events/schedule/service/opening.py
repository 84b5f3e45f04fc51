"""Whether people choose their own sessions now, as the institute's deadlines say."""

from consortium import clock
from consortium.database import db
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.schedule.domain import Window, window_of


def window_at(institute: Institute) -> Window:
    """Return from when to when people choose at an institute, and where that stands now."""
    return window_of(institute.dues, zone=institute.zone, at=clock.now())


def refuse_when_closed(institute: Institute) -> None:
    """Raise ``ChoosingClosed`` where people cannot choose yet, or any more."""
    window = window_at(institute)
    if not window.is_open:
        window.check(contact=db.session.get_one(Tenant, institute.tenant_id).reply_address)
