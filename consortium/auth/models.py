"""Sign-in: a request for a link and a code, passkeys, and the session that follows."""

from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.auth.domain.passkeys import Purpose
from consortium.database import Base, Id, Moment
from consortium.people.models import Identity

ONE_PASSKEY = "uq_passkey_credential_id"


class SignInRequest(Base):
    """Someone asked to sign in with an address. Only digests of the secrets are kept."""

    __tablename__ = "sign_in_request"
    __table_args__ = (
        UniqueConstraint("link_digest"),
        Index("ix_sign_in_request_email_asked", "email", "asked_at"),
    )

    id: Mapped[Id]
    email: Mapped[str]
    link_digest: Mapped[str]
    """SHA-256 of the mail's 160-bit token."""
    code_digest: Mapped[str]
    """Keyed digest of the mail's 8-digit code."""
    browser_digest: Mapped[str]
    """SHA-256 of the asking browser's cookie: only there does the link itself sign in."""
    next_path: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    voided_at: Mapped[Moment | None]
    """Set by a newer request, two minutes ahead, so that a slow first mail still works."""
    used_at: Mapped[Moment | None]
    tries: Mapped[int] = mapped_column(default=0)


class SignInSession(Base):
    """A browser that is signed in; ended rows stay for the record."""

    __tablename__ = "sign_in_session"
    __table_args__ = (UniqueConstraint("token_digest"),)

    id: Mapped[Id]
    identity_id: Mapped[UUID] = mapped_column(ForeignKey("identity.id"), index=True)
    token_digest: Mapped[str]
    began_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    second_factor_at: Mapped[Moment | None]
    """When staff proved their second factor in this session."""
    passkey_id: Mapped[UUID | None]
    """The passkey it was proved with; the session ends when that passkey is removed."""
    passkey_offered_at: Mapped[Moment | None]
    """When this session's person was asked whether they want a passkey: once is enough."""

    identity: Mapped[Identity] = relationship(lazy="joined", innerjoin=True)

    # What flask-login asks of whoever a session stands for.
    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False


class SecondFactor(Base):
    """A time-based one-time password that staff enrolled (RFC 6238)."""

    __tablename__ = "second_factor"
    __table_args__ = (UniqueConstraint("identity_id"),)

    id: Mapped[Id]
    identity_id: Mapped[UUID] = mapped_column(ForeignKey("identity.id"))
    secret: Mapped[str]
    """Encrypted at rest with a key derived from SECRET_KEY."""
    enrolled_at: Mapped[Moment | None]
    last_step: Mapped[int] = mapped_column(default=0)
    """The time step last accepted: the same code never counts twice."""


class Passkey(Base):
    """A key pair whose private half never leaves its owner's device or password manager."""

    __tablename__ = "passkey"
    __table_args__ = (UniqueConstraint("credential_id", name=ONE_PASSKEY),)

    id: Mapped[Id]
    identity_id: Mapped[UUID] = mapped_column(ForeignKey("identity.id"), index=True)
    credential_id: Mapped[str]
    """What the device calls it, in base64url."""
    public_key: Mapped[bytes]
    """COSE key."""
    sign_count: Mapped[int] = mapped_column(BigInteger)
    """How often it has signed, as far as it counts: a copy would fall behind."""
    name: Mapped[str]
    created_at: Mapped[Moment]
    last_used_at: Mapped[Moment | None]

    identity: Mapped[Identity] = relationship(lazy="joined", innerjoin=True)


class PasskeyChallenge(Base):
    """What a passkey has to sign, once and soon. Only digests are kept."""

    __tablename__ = "passkey_challenge"
    __table_args__ = (UniqueConstraint("digest"),)

    id: Mapped[Id]
    digest: Mapped[str]
    """SHA-256 of the challenge."""
    purpose: Mapped[Purpose]
    asked_by: Mapped[str]
    """Digest of the session, or of the browser that has none yet: nobody else may answer."""
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]
