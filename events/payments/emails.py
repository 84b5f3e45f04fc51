"""The mails about money that came, or did not."""

from typing import Any

from flask import current_app

from consortium.database import db
from consortium.letters import absolute, letter
from consortium.ports import Email
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import dollars, say
from events.payments.domain import EXCEPTION_WORDS
from events.payments.models import MoneyException, Payment


def exception(row: MoneyException, *, to: str) -> Email:
    """Tell finance that something about money needs a person."""
    tenant = _tenant()
    return letter(
        "payments/exception",
        to=to,
        subject=EXCEPTION_WORDS[row.kind],
        told=row.words,
        link=_page(tenant, "payments.exceptions"),
        tenant=tenant,
    )


def check_returned(payment: Payment, *, to: str, why: str, remit_to: str) -> Email:
    """Tell a payer that the bank returned the check, and how to pay now."""
    total = dollars(payment.amount_cents)
    return letter(
        "payments/check_returned",
        to=to,
        subject=say(
            "Your check %(number)s over %(total)s came back unpaid",
            number=payment.number,
            total=total,
        ),
        payment=payment,
        total=total,
        why=why,
        remit_to=remit_to,
        tenant=_tenant(),
    )


def _tenant() -> Tenant:
    return db.session.get_one(Tenant, require_tenant())


def _page(tenant: Tenant, endpoint: str, **values: Any) -> str:
    """Return a page's absolute address; jobs need it too, outside any request."""
    addresses = current_app.url_map.bind("")
    return absolute(addresses.build(endpoint, {"consortium": tenant.slug, **values}))
