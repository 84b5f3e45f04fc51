"""The organisations that carry a consortium together, in the order it names them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.tenants.domain.consortia import ConsortiumRefused, PartnerRole, moved
from consortium.tenants.models import Partner
from consortium.words import say


def partners() -> Sequence[Partner]:
    """Return the partner organisations in their order."""
    return db.session.scalars(select(Partner).order_by(Partner.position, Partner.name)).all()


def add_partner(name: str, role: PartnerRole, *, by: str) -> Partner:
    """Add an organisation at the end of the list. Raises ``ConsortiumRefused`` when it is there."""
    name = " ".join(name.split())
    order = _for_change()
    if name.casefold() in {partner.name.casefold() for partner in order}:
        raise ConsortiumRefused(say("“%(name)s” is already in the list.", name=name), field="name")
    partner = Partner(name=name, role=role.value, position=len(order))
    db.session.add(partner)
    db.session.flush()
    audit.record(
        "add_partner", f"partner:{partner.id}", by=by, after={"name": name, "role": role.value}
    )
    return partner


def remove_partner(partner_id: UUID, *, by: str) -> None:
    """Take an organisation off the list; the others close ranks. Raises ``NotFound``."""
    order = _for_change()
    partner = _among(order, partner_id)
    db.session.delete(partner)
    _number([other for other in order if other is not partner])
    audit.record(
        "remove_partner",
        f"partner:{partner.id}",
        by=by,
        before={"name": partner.name, "role": partner.role},
    )
    db.session.flush()


def move_partner(partner_id: UUID, *, up: bool, by: str) -> None:
    """Name an organisation one place earlier or later. Raises ``NotFound``."""
    order = _for_change()
    partner = _among(order, partner_id)
    new = moved(order, partner, up=up)
    if new == tuple(order):
        return
    before = order.index(partner) + 1
    _number(new)
    audit.record(
        "move_partner",
        f"partner:{partner.id}",
        by=by,
        before={"place": before},
        after={"place": partner.position + 1},
    )
    db.session.flush()


def _for_change() -> Sequence[Partner]:
    """Return the list, locked, so that two hands do not number it at once."""
    statement = select(Partner).order_by(Partner.position, Partner.name).with_for_update()
    return db.session.scalars(statement).all()


def _among(order: Sequence[Partner], partner_id: UUID) -> Partner:
    for partner in order:
        if partner.id == partner_id:
            return partner
    raise NotFound(say("This organisation is no longer in the list."))


def _number(order: Sequence[Partner]) -> None:
    for position, partner in enumerate(order):
        partner.position = position
