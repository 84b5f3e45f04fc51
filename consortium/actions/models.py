"""One-time action keys: the same form sent twice is one act."""

from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Moment

KEY_USED = "pk_action_key"


class ActionKey(Base):
    """A form that was acted upon, and where its answer is."""

    __tablename__ = "action_key"

    key: Mapped[str] = mapped_column(primary_key=True)
    """The random key in the form, joined with who sent it."""
    body_digest: Mapped[str]
    answer: Mapped[str]
    """The path that the first answer led to."""
    acted_at: Mapped[Moment]
