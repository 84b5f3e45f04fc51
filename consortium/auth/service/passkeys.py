"""Add, name and remove passkeys, and offer them once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import exists, select, update

from consortium import clock
from consortium.audit import service as audit
from consortium.auth import emails
from consortium.auth.domain.passkeys import Purpose, Site, check_name, first_name
from consortium.auth.models import ONE_PASSKEY, Passkey, SignInSession
from consortium.auth.service import find_session
from consortium.auth.service.authenticators import Making, Unproven, how_to_make
from consortium.auth.service.challenges import new_challenge, use_challenge
from consortium.auth.service.second_factors import is_enrolled
from consortium.database import db, translating
from consortium.errors import NotFound, Refusal
from consortium.outbox import service as outbox
from consortium.people.models import Identity
from consortium.tenants import service as tenants
from consortium.words import say

MOST = 20

log = structlog.get_logger()


class PasskeyTaken(Refusal):
    """This passkey belongs to an account already."""

    def __init__(self) -> None:
        super().__init__(say("This passkey is in use already. Make a new one."))


class TooMany(Refusal):
    """An account has enough passkeys."""

    def __init__(self) -> None:
        super().__init__(
            say("You have %(most)s passkeys. First remove one that you do not use.", most=MOST)
        )


class LastProof(Refusal):
    """Staff may not do without a second proof."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "You work for a consortium, so your account needs a second proof. First add "
                "another passkey or an authenticator app, then remove this one."
            )
        )


def passkeys_of(identity: Identity) -> Sequence[Passkey]:
    """Return someone's passkeys, oldest first."""
    return db.session.scalars(
        select(Passkey)
        .where(Passkey.identity_id == identity.id)
        .order_by(Passkey.created_at, Passkey.id)
    ).all()


def get_passkey(identity: Identity, passkey_id: UUID) -> Passkey:
    """Return one of someone's own passkeys. Raises ``NotFound``."""
    found = db.session.scalar(
        select(Passkey).where(Passkey.id == passkey_id, Passkey.identity_id == identity.id)
    )
    if found is None:
        raise NotFound(say("You have no such passkey. Perhaps it is removed already."))
    return found


def has_proof(identity: Identity) -> bool:
    """Tell whether this identity has a second proof: a passkey or an authenticator app."""
    return is_enrolled(identity) or bool(
        db.session.scalar(select(exists().where(Passkey.identity_id == identity.id)))
    )


def is_guarded(identity: Identity) -> bool:
    """Tell whether a mailed code alone must not change how this identity signs in.

    So it is for staff with a second proof; else whoever reads their mail could add one more.
    """
    return has_proof(identity) and tenants.works_somewhere(identity)


def offer_once(token: str) -> bool:
    """Tell whether to offer a passkey to whoever began this session, and note that it was done.

    Only someone without a passkey is asked, and in no other session again.
    """
    session = find_session(token)
    if session is None or passkeys_of(session.identity):
        return False
    asked = exists().where(
        SignInSession.identity_id == session.identity_id,
        SignInSession.passkey_offered_at.is_not(None),
    )
    if db.session.scalar(select(asked)):
        return False
    session.passkey_offered_at = clock.now()
    return True


def ask_to_add(session: SignInSession, site: Site) -> dict[str, Any]:
    """Return what the browser needs to make a passkey for whoever holds this session. Flushes."""
    identity = session.identity
    return how_to_make(
        site,
        new_challenge(Purpose.ADD, asked_by=session.token_digest),
        owner=identity,
        known=[one.credential_id for one in passkeys_of(identity)],
    )


def add(session: SignInSession, answer: str, *, site: Site) -> Passkey | None:
    """Keep the passkey that the browser made, tell its owner by mail, and count it as proof.

    ``None`` for an answer that proves nothing or comes too late. Raises ``PasskeyTaken`` and
    ``TooMany``.
    """
    identity, now = session.identity, clock.now()
    try:
        making = Making(answer)
        use_challenge(making.challenge, Purpose.ADD, asked_by=session.token_digest)
        made = making.check(site)
    except Unproven as reason:
        log.warning("new passkey refused", reason=str(reason))
        audit.record("refuse_new_passkey", f"identity:{identity.id}", by=identity.email)
        return None
    _one_at_a_time(identity)
    names = [one.name for one in passkeys_of(identity)]
    if len(names) >= MOST:
        raise TooMany
    passkey = Passkey(
        identity_id=identity.id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        name=first_name(names),
        created_at=now,
    )
    db.session.add(passkey)
    with translating(ONE_PASSKEY, into=PasskeyTaken()):
        db.session.flush()
    session.second_factor_at, session.passkey_id = now, passkey.id
    outbox.promise(
        emails.passkey_added(identity.email, name=passkey.name, at=now), about=about(passkey)
    )
    audit.record("add", about(passkey), by=identity.email, after={"name": passkey.name})
    return passkey


def rename(identity: Identity, passkey_id: UUID, name: str) -> Passkey:
    """Call one's passkey something else. Raises ``NotFound`` and ``Refusal``."""
    passkey = get_passkey(identity, passkey_id)
    before, passkey.name = passkey.name, check_name(name)
    if before != passkey.name:
        audit.record(
            "rename",
            about(passkey),
            by=identity.email,
            before={"name": before},
            after={"name": passkey.name},
        )
    return passkey


def remove(session: SignInSession, passkey_id: UUID, *, keep_one: bool) -> None:
    """Let a passkey sign nobody in any more, end the other sessions that rest on it, and say so.

    ``keep_one`` keeps staff from removing their last second proof. Raises ``NotFound`` and
    ``LastProof``.
    """
    identity, now = session.identity, clock.now()
    _one_at_a_time(identity)
    passkey = get_passkey(identity, passkey_id)
    name, subject = passkey.name, about(passkey)
    last = len(passkeys_of(identity)) == 1 and not is_enrolled(identity)
    if keep_one and last and tenants.works_somewhere(identity):
        raise LastProof
    db.session.delete(passkey)
    db.session.execute(
        update(SignInSession)
        .where(
            SignInSession.passkey_id == passkey_id,
            SignInSession.id != session.id,
            SignInSession.ended_at.is_(None),
        )
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
    outbox.promise(emails.passkeys_removed(identity.email, names=[name]), about=subject)
    audit.record("remove", subject, by=identity.email, before={"name": name})
    db.session.flush()


def about(passkey: Passkey) -> str:
    """Name a passkey in mails and the audit."""
    return f"passkey:{passkey.id}"


def _one_at_a_time(identity: Identity) -> None:
    """Let changes to one account's passkeys wait for each other; SQLite has one writer anyway."""
    db.session.execute(select(Identity.id).where(Identity.id == identity.id).with_for_update())
