"""The mail that introduces people to their peers: names and reasons, never a contact."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app

from consortium.database import db
from consortium.letters import absolute, letter
from consortium.ports import Email
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import Sentence, say
from events.facade import InstituteView, ParticipantView


@dataclass(frozen=True, kw_only=True)
class Introduced:
    """A peer as the mail names one; what else the peer shares stays on the page."""

    name: str
    role_label: str
    lea_name: str
    reasons: tuple[Sentence, ...]


def introduction(
    institute: InstituteView, to: ParticipantView, peers: Sequence[Introduced]
) -> Email:
    """Tell someone who the peers are and why."""
    tenant = db.session.get_one(Tenant, require_tenant())
    # A bare map of addresses: commands and workers write this mail too, outside any request.
    path = current_app.url_map.bind("").build(
        "matching.mine", {"consortium": tenant.slug, "slug": institute.slug}
    )
    return letter(
        "matching/introduction",
        to=to.email,
        subject=say("Your peers from %(title)s", title=institute.title),
        tenant=tenant,
        institute=institute,
        name=to.name,
        peers=peers,
        link=absolute(path),
    )
