"""Files that people hand in; the bytes lie with the storage port, the row says what they are."""

from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned

KEY_TAKEN = "uq_stored_file_key"


class StoredFile(TenantOwned, Base):
    """A file as it was handed in: its name is only ever shown, never used as a path."""

    __tablename__ = "stored_file"
    __more_table_args__ = (
        UniqueConstraint("key", name=KEY_TAKEN),
        CheckConstraint("size >= 0", name="size_not_negative"),
    )

    id: Mapped[Id]
    key: Mapped[str]
    """Where the storage port keeps the bytes; random, so that no name can lead there."""
    filename: Mapped[str]
    content_type: Mapped[str]
    """As the bytes themselves say, not as the sender claims."""
    size: Mapped[int]
    sha256: Mapped[str]
    uploaded_by: Mapped[UUID | None]
    """The person, where one is known."""
    uploaded_at: Mapped[Moment]
