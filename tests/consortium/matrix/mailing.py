"""A mail of a world, with a file."""

from typing import Any

from consortium.database import db, transaction
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.ports import Attachment, Email
from consortium.tenancy import for_every_tenant


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
