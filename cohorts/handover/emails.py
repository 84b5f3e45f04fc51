"""Mails about leaders who leave, successors, and partnerships at risk."""

from collections.abc import Sequence
from typing import Any

from cohorts.handover.domain.risk import Concern
from cohorts.handover.models import Departure, Follows
from cohorts.learning.models import Partnership
from consortium.database import db
from consortium.letters import address_at, letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say


def left(place: Partnership, departure: Departure, *, to: Person) -> Email:
    """Tell whoever left what was written down, so that a mistake is seen at once."""
    return letter(
        "handover/left",
        to=to.email,
        subject=say("You have left %(who)s", who=place.title),
        name=to.name or to.email,
        departure=departure,
        **_about(place, "structures.past", partnership_id=place.id),
    )


def handed_over(place: Partnership, departure: Departure, *, to: Person) -> Email:
    """Welcome whoever follows, and lead them to their hand-over."""
    return letter(
        "handover/handed_over",
        to=to.email,
        subject=say("Your hand-over: %(who)s", who=place.title),
        name=to.name or to.email,
        departure=departure,
        interim=departure.follows is Follows.INTERIM,
        **_about(place, "handover.show", partnership_id=place.id),
    )


def host_told(place: Partnership, departure: Departure, *, leaver: Person, waits: bool) -> Email:
    """Tell the host that a lead wrote down who left, and whether something waits for the host."""
    about = _about(place, "handover.departure", partnership_id=place.id, departure_id=departure.id)
    return letter(
        "handover/host_told",
        to=about["tenant"].reply_address,
        subject=say(
            "Waits for you: %(name)s left %(who)s" if waits else "%(name)s left %(who)s",
            name=leaver.name or leaver.email,
            who=place.title,
        ),
        name=leaver.name or leaver.email,
        departure=departure,
        waits=waits,
        **about,
    )


def taken_back(place: Partnership, departure: Departure, *, to: Person) -> Email:
    """Tell who left by mistake, and who was to follow, that it was taken back."""
    return letter(
        "handover/taken_back",
        to=to.email,
        subject=say("Taken back: nobody left %(who)s", who=place.title),
        name=to.name or to.email,
        departure=departure,
        stays=to.id == departure.person_id,
        **_about(place, "registration.mine"),
    )


def at_risk(tenant: Tenant, found: Sequence[tuple[Partnership, Sequence[Concern]]]) -> Email:
    """Tell the hosts what is new among the reasons why partnerships are at risk."""
    return letter(
        "handover/at_risk",
        to=tenant.reply_address,
        subject=say("Partnerships at risk: %(count)s with something new", count=len(found)),
        tenant=tenant,
        found=found,
        link=address_at(tenant.slug, "handover.at_risk"),
    )


def _about(place: Partnership, endpoint: str, **values: Any) -> dict[str, Any]:
    tenant = db.session.get_one(Tenant, place.tenant_id)
    link = address_at(tenant.slug, endpoint, **values)
    return {"tenant": tenant, "partnership": place, "link": link}
