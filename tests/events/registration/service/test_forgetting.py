from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.registration.jobs.forgetting import forget_old_needs
from events.registration.models import Seat
from tests.factories import make_institute, make_lea, make_team, make_tenant


def tell(slug: str, lea: str) -> Seat:
    institute = make_institute(slug, days=[date(2026, 5, 1), date(2026, 5, 2)])
    members = {f"{slug}-a@example.org": "superintendent", f"{slug}-b@example.org": "principal"}
    seat = make_team(institute, make_lea(lea, "Oak Park"), members).seats[0]
    seat.dietary, seat.access_needs, seat.offers = "No nuts", "A ramp", "Joint hiring"
    db.session.commit()
    return seat


def test_food_and_access_needs_go_thirty_days_after_the_institute(
    app: Flask, tenant: Tenant, frozen: Any
) -> None:
    seat = tell("summer", "3400001")
    other = make_tenant("hillside")
    with as_tenant(other.id):
        tell("fall", "3400002")
    gone = []

    for day in ("2026-06-01", "2026-06-02"):
        frozen(f"{day}T12:00-04:00")
        gone += [forget_old_needs(app), forget_old_needs(app)]
    db.session.refresh(seat)

    assert gone == [0, 0, 2, 0]
    assert (seat.dietary, seat.access_needs, seat.offers) == ("", "", "Joint hiring")
    act = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "forget_needs")).all()
    assert [(one.tenant_id, one.after) for one in act if one.tenant_id == tenant.id] == [
        (tenant.id, {"people": 1})
    ]


def test_needs_stay_while_the_institutes_days_are_not_set(
    app: Flask, tenant: Tenant, frozen: Any
) -> None:
    seat = tell("summer", "3400001")
    seat.team.institute.days = []
    db.session.commit()
    frozen("2030-01-01T12:00-04:00")

    assert forget_old_needs(app) == 0
