"""The mail that tells everyone that an institute is cancelled."""

from consortium.database import db
from consortium.letters import address_at, letter
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say
from events.institutes.models import Institute


def cancelled(institute: Institute, *, to: str = "", calendar: bool = False) -> Email:
    """Tell that the institute is cancelled, why, and what the host offers instead.

    The words are the same for everyone, so that thousands are written once and sent to each.
    ``calendar`` says that the mail brings what takes the sessions out of the reader's calendar.
    """
    tenant = db.session.get_one(Tenant, institute.tenant_id)
    told = institute.cancellation
    if told is None:
        raise ValueError(f"{institute.slug} is not cancelled")
    days = institute.main_days
    return letter(
        "institutes/cancelled",
        to=to,
        subject=say("Cancelled: %(title)s", title=institute.title),
        institute=institute,
        told=told,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        calendar=calendar,
        link=_page(institute, tenant),
        instead_link=_page(told.instead, tenant) if told.instead else "",
        tenant=tenant,
    )


def _page(institute: Institute, tenant: Tenant) -> str:
    return address_at(tenant.slug, "institutes.show", slug=institute.slug)
