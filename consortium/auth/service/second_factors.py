"""The one-time passwords of people who work for a consortium (RFC 6238)."""

from datetime import timedelta

import pyotp
from sqlalchemy import select, update

from consortium import clock
from consortium.audit import service as audit
from consortium.auth import emails
from consortium.auth.domain import accepted_step, bare
from consortium.auth.domain.keys import Keys
from consortium.auth.models import Passkey, SecondFactor, SignInSession
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound, Refusal
from consortium.outbox import service as outbox
from consortium.people.models import Identity
from consortium.words import say

ENROLMENT_LASTS = timedelta(minutes=30)
ISSUER = "Consortium"
ONE_FACTOR = "uq_second_factor_identity_id"


class AlreadyEnrolled(Conflict):
    """This account has a second factor; only an operator may take it away."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Your account has an authenticator app already. If you lost it, ask the people who "
                "run this server."
            )
        )


class EnrolmentRanOut(Refusal):
    """The page with the secret was open too long, or is not of our making."""

    def __init__(self) -> None:
        super().__init__(say("This page was open too long. Start again and add the new key."))


def is_enrolled(identity: Identity) -> bool:
    """Tell whether this identity has an authenticator app."""
    return _factor_of(identity) is not None


def new_enrolment(identity: Identity, keys: Keys) -> str:
    """Return a new secret, sealed for this identity; nothing is stored until a code proves it."""
    return keys.seal(f"{identity.id} {pyotp.random_base32()}", at=clock.now())


def secret_of(sealed: str, identity: Identity, keys: Keys) -> str:
    """Return the secret that was sealed for this identity. Raises ``EnrolmentRanOut``."""
    try:
        said = keys.unseal_fresh(sealed, at=clock.now(), within=ENROLMENT_LASTS)
    except ValueError as error:
        raise EnrolmentRanOut from error
    whose, _, secret = said.partition(" ")
    if whose != str(identity.id):
        raise EnrolmentRanOut
    return secret


def address_for_apps(secret: str, identity: Identity) -> str:
    """Return the address that authenticator apps read from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=identity.email, issuer_name=ISSUER)


def enrol(session: SignInSession, sealed: str, code: str, *, keys: Keys) -> bool:
    """Keep the new secret if the code comes from it, and count that as its first use.

    ``False`` for a wrong code. Raises ``AlreadyEnrolled`` and ``EnrolmentRanOut``.
    """
    identity = session.identity
    if is_enrolled(identity):
        raise AlreadyEnrolled
    secret, now = secret_of(sealed, identity, keys), clock.now()
    step = accepted_step(pyotp.TOTP(secret).generate_otp, bare(code), at=now, after=0)
    if step is None:
        return False
    db.session.add(
        SecondFactor(
            identity_id=identity.id,
            secret=keys.seal(secret, at=now),
            enrolled_at=now,
            last_step=step,
        )
    )
    with translating(ONE_FACTOR, into=AlreadyEnrolled()):
        db.session.flush()
    session.second_factor_at = now
    audit.record("enrol", f"identity:{identity.id}", by=identity.email)
    return True


def prove(session: SignInSession, code: str, *, keys: Keys) -> bool:
    """Note that whoever holds this session has the authenticator; ``False`` for a wrong code.

    A code counts once: the UPDATE itself asks whether its time step is still ahead. Raises
    ``Conflict`` when the installation's secret was changed and its former one is not named.
    """
    identity, now = session.identity, clock.now()
    factor = _factor_of(identity)
    if factor is None:
        return False
    try:
        secret = keys.unseal(factor.secret)
    except ValueError as error:
        raise Conflict(
            say("Your authenticator app is not known here any more. Ask who runs this site.")
        ) from error
    password_at = pyotp.TOTP(secret).generate_otp
    step = accepted_step(password_at, bare(code), at=now, after=factor.last_step)
    if step is None or not _use_step(factor, step):
        audit.record("refuse_second_factor", f"identity:{identity.id}", by=identity.email)
        return False
    session.second_factor_at = now
    audit.record("prove", f"identity:{identity.id}", by=identity.email)
    return True


def forget(identity: Identity, *, by: str) -> None:
    """Take away what proved who someone is, so that they can start again. For operators.

    The authenticator app and every passkey may be in a finder's hands: neither counts any more,
    and nobody stays signed in by them. Raises ``NotFound`` when there is none.
    """
    factor = _factor_of(identity)
    passkeys = db.session.scalars(select(Passkey).where(Passkey.identity_id == identity.id)).all()
    if factor is None and not passkeys:
        raise NotFound(say("This account has no authenticator app and no passkey."))
    for lost in (*passkeys, *([factor] if factor else [])):
        db.session.delete(lost)
    sessions = update(SignInSession).where(SignInSession.identity_id == identity.id)
    began_by_passkey = SignInSession.passkey_id.is_not(None) & SignInSession.ended_at.is_(None)
    db.session.execute(sessions.where(began_by_passkey).values(ended_at=clock.now()))
    db.session.execute(sessions.values(second_factor_at=None))
    if passkeys:
        names = [passkey.name for passkey in passkeys]
        outbox.promise(
            emails.passkeys_removed(identity.email, names=names), about=f"identity:{identity.id}"
        )
    audit.record("forget", f"identity:{identity.id}", by=by)
    db.session.flush()


def _factor_of(identity: Identity) -> SecondFactor | None:
    return db.session.scalar(select(SecondFactor).where(SecondFactor.identity_id == identity.id))


def _use_step(factor: SecondFactor, step: int) -> bool:
    used = db.session.execute(
        update(SecondFactor)
        .where(SecondFactor.id == factor.id, SecondFactor.last_step < step)
        .values(last_step=step)
        .returning(SecondFactor.id)
    )
    return used.one_or_none() is not None
