"""What every mail of the matching says."""

from collections.abc import Mapping
from typing import Any

from consortium.database import db
from consortium.letters import address_at
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from events.facade import InstituteView


def about_page(page: str, institute: InstituteView, **values: object) -> Mapping[str, Any]:
    """Return whose a mail is, about what, and the address of its page."""
    tenant = db.session.get_one(Tenant, require_tenant())
    link = address_at(tenant.slug, page, slug=institute.slug, **values)
    return {"tenant": tenant, "institute": institute, "link": link}
