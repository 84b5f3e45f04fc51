"""What every mail of the matching says."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from consortium.database import db
from consortium.letters import absolute
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from events.facade import InstituteView


def about_page(page: str, institute: InstituteView, **values: object) -> Mapping[str, Any]:
    """Return whose a mail is, about what, and the address of its page."""
    tenant = db.session.get_one(Tenant, require_tenant())
    # A bare map of addresses: commands and workers write this mail too, outside any request.
    path = current_app.url_map.bind("").build(
        page, {"consortium": tenant.slug, "slug": institute.slug, **values}
    )
    return {"tenant": tenant, "institute": institute, "link": absolute(path)}
