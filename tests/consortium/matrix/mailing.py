"""A mail of a world with a file, its partners, and who helps at its desk."""

from typing import Any

from consortium.database import db, transaction
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.ports import Attachment, Email
from consortium.tenancy import for_every_tenant
from consortium.tenants.domain.consortia import PartnerRole
from consortium.tenants.service import partners, staff


def mail_at(slug: str) -> Any:
    """Promise a mail and return its id."""
    file = Attachment(filename="a.txt", content_type="text/plain", content=b"a")
    email = Email(
        to=f"reader@{slug}.example.org",
        subject="A mail",
        text="Text",
        html="<html><head></head><body>Text</body></html>",
        attachments=(file,),
    )
    with transaction():
        outbox.promise(email)
    with for_every_tenant():
        return db.session.query(OutboxEmail.id).filter_by(to=email.to).scalar()


def a_partner() -> Any:
    """Add two partners and return the first one's id."""
    first = partners.add_partner("First Union", PartnerRole.HOST, by="test")
    partners.add_partner("Last Union", PartnerRole.HOST, by="test")
    return first.id


def desk_helper(email: str) -> Any:
    """Return the id of who helps at the desk."""
    return next(m.id for m in staff.staff() if m.person.email == email)
