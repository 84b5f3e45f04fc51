"""The hosts' weekly mail: what is new among the reasons why partnerships are at risk."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from cohorts.handover import emails
from cohorts.handover.models import ONE_RISK_MAIL, RiskMail, RiskTold
from cohorts.handover.service.risk import at_risk_now
from cohorts.learning import service as learning
from consortium import clock
from consortium.database import db, translating
from consortium.outbox import service as outbox
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.tenants.service.days import today


def tell_hosts_weekly() -> int:
    """Promise one mail a week if there is something new; return how many reasons it names.

    A reason is told once for as long as it lasts; when it is gone and comes back, it is new. Of
    two workers at the same moment one does it.
    """
    day = today()
    week = day - timedelta(days=day.weekday())
    done = select(RiskMail.id).where(RiskMail.week == week)
    if db.session.scalar(done) is not None:
        return 0
    looked = RiskMail(week=week, reasons=0, looked_at=clock.now())
    try:
        with translating(ONE_RISK_MAIL, into=_DoneMeanwhile()), db.session.begin_nested():
            db.session.add(looked)
    except _DoneMeanwhile:
        return 0
    found = at_risk_now()
    told = {(row.partnership_id, row.key): row.id for row in db.session.scalars(select(RiskTold))}
    now = {(one.partnership_id, concern.key) for one in found for concern in one.concerns}
    gone = [row_id for key, row_id in told.items() if key not in now]
    db.session.execute(delete(RiskTold).where(RiskTold.id.in_(gone)))
    places = {one.id: one for one in learning.partnerships_with({key[0] for key in now})}
    new = []
    for one in found:
        fresh = [c for c in one.concerns if (one.partnership_id, c.key) not in told]
        if fresh:
            new.append((places[one.partnership_id], fresh))
            db.session.add_all(_told(one.partnership_id, concern.key) for concern in fresh)
    looked.reasons = sum(len(fresh) for _, fresh in new)
    db.session.flush()
    if new:
        tenant = db.session.get_one(Tenant, require_tenant())
        outbox.promise(emails.at_risk(tenant, new), about=f"risk:{week.isoformat()}")
    return looked.reasons


def _told(partnership_id: UUID, key: str) -> RiskTold:
    return RiskTold(partnership_id=partnership_id, key=key, told_at=clock.now())


class _DoneMeanwhile(Exception):
    """Another worker looked this week."""
