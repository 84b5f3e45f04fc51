"""The mails of the matching: who one's peers are, where one's team sits. Never a contact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app

from consortium.database import db
from consortium.letters import absolute, letter, letters
from consortium.ports import Email
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import Sentence, say
from events.facade import InstituteView, ParticipantView, RegisteredTeam


@dataclass(frozen=True, kw_only=True)
class Introduced:
    """A peer as the mail names one; what else the peer shares stays on the page."""

    name: str
    role_label: str
    lea_name: str
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Grouped:
    """A team and its company as the mail says them."""

    team: str
    number: int = 0
    """The table's number; 0 for partners."""
    theme: str = ""
    others: tuple[RegisteredTeam, ...] = ()
    """Who is there; nobody where the team has no company any more."""
    reasons: tuple[Sentence, ...] = ()


def grouped(
    institute: InstituteView,
    to: Sequence[ParticipantView],
    told: Sequence[Grouped],
    *,
    tables: bool,
    changed: bool,
) -> list[Email]:
    """Tell people of the same teams where each of these is, with whom and why."""
    subject = {
        (True, False): say("Your table at %(title)s", title=institute.title),
        (True, True): say("Your table at %(title)s has changed", title=institute.title),
        (False, False): say("Your partner team at %(title)s", title=institute.title),
        (False, True): say("Your partner team at %(title)s has changed", title=institute.title),
    }[tables, changed]
    return letters(
        "matching/grouped",
        [(person.email, person.name) for person in to],
        subject=subject,
        told=told,
        tables=tables,
        changed=changed,
        **_about("matching.together", institute),
    )


def introduction(
    institute: InstituteView, to: ParticipantView, peers: Sequence[Introduced]
) -> Email:
    """Tell someone who the peers are and why."""
    return letter(
        "matching/introduction",
        to=to.email,
        subject=say("Your peers from %(title)s", title=institute.title),
        name=to.name,
        peers=peers,
        **_about("matching.mine", institute),
    )


def _about(page: str, institute: InstituteView) -> Mapping[str, Any]:
    """Return what every mail says: whose it is, about what, and where its page is."""
    tenant = db.session.get_one(Tenant, require_tenant())
    # A bare map of addresses: commands and workers write this mail too, outside any request.
    path = current_app.url_map.bind("").build(
        page, {"consortium": tenant.slug, "slug": institute.slug}
    )
    return {"tenant": tenant, "institute": institute, "link": absolute(path)}
