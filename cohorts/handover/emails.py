"""Mails about leaders who leave, successors, and partnerships at risk."""

from collections.abc import Sequence

from cohorts.handover.domain.risk import Concern
from cohorts.handover.models import Departure, Follows
from cohorts.learning.emails import about_partnership
from cohorts.learning.models import Partnership
from consortium.database import db
from consortium.letters import address_at, letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say


def left(place: Partnership, departure: Departure, *, to: Person) -> Email:
    """Tell whoever left what was written down, so that a mistake is seen at once."""
    return about_partnership(
        "handover/left",
        place,
        to=to,
        subject=say("You have left %(who)s", who=place.title),
        link=("structures.past", {"partnership_id": place.id}),
        departure=departure,
    )


def handed_over(place: Partnership, departure: Departure, *, to: Person) -> Email:
    """Welcome whoever follows, and lead them to their hand-over."""
    return about_partnership(
        "handover/handed_over",
        place,
        to=to,
        subject=say("Your hand-over: %(who)s", who=place.title),
        link=("handover.show", {"partnership_id": place.id}),
        departure=departure,
        interim=departure.follows is Follows.INTERIM,
    )


def host_told(place: Partnership, departure: Departure, *, leaver: Person, waits: bool) -> Email:
    """Tell the host that a lead wrote down who left, and whether something waits for the host."""
    tenant = db.session.get_one(Tenant, place.tenant_id)
    name = leaver.name or leaver.email
    found_by = {"partnership_id": place.id, "departure_id": departure.id}
    return letter(
        "handover/host_told",
        to=tenant.reply_address,
        subject=say(
            "Waits for you: %(name)s left %(who)s" if waits else "%(name)s left %(who)s",
            name=name,
            who=place.title,
        ),
        name=name,
        tenant=tenant,
        partnership=place,
        departure=departure,
        waits=waits,
        link=address_at(tenant.slug, "handover.departure", **found_by),
    )


def taken_back(place: Partnership, departure: Departure, *, to: Person) -> Email:
    """Tell who left by mistake, and who was to follow, that it was taken back."""
    return about_partnership(
        "handover/taken_back",
        place,
        to=to,
        subject=say("Taken back: nobody left %(who)s", who=place.title),
        link=("registration.mine", {}),
        departure=departure,
        stays=to.id == departure.person_id,
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
