"""What was written down, in the order in which it was done."""

from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db


def acts() -> list[str]:
    """Return every act on record, oldest first; at one moment ids tell the order."""
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.at, AuditEntry.id)))
