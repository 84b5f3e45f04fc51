"""Sign in with a passkey, and prove with one that it is still oneself."""

from typing import Any

import structlog
from sqlalchemy import select, update

from consortium import clock
from consortium.audit import service as audit
from consortium.auth.domain.passkeys import Purpose, Site
from consortium.auth.models import Passkey, SignInSession
from consortium.auth.service import begin_session, digest, end_session
from consortium.auth.service.authenticators import Proof, Unproven, how_to_prove
from consortium.auth.service.challenges import new_challenge, use_challenge
from consortium.auth.service.passkeys import about, passkeys_of
from consortium.auth.service.requests import SignedIn
from consortium.database import db
from consortium.people.models import Identity

log = structlog.get_logger()


def ask_to_sign_in(site: Site, *, browser: str) -> dict[str, Any]:
    """Return what this browser needs to offer its passkeys of this site; nobody is named."""
    challenge = new_challenge(Purpose.SIGN_IN, asked_by=digest(browser))
    return how_to_prove(site, challenge)


def ask_to_prove(session: SignInSession, site: Site) -> dict[str, Any]:
    """Return what the browser needs to use a passkey of whoever holds this session. Flushes."""
    return how_to_prove(
        site,
        new_challenge(Purpose.PROVE, asked_by=session.token_digest),
        known=[one.credential_id for one in passkeys_of(session.identity)],
    )


def find_owner(answer: str) -> Identity | None:
    """Return whose passkey the answer speaks of, before anything of it is believed."""
    try:
        return _get(Proof(answer)).identity
    except Unproven:
        return None


def sign_in_by_passkey(
    answer: str, *, site: Site, browser: str, replacing: str, next_path: str
) -> SignedIn | None:
    """Sign in the owner of the passkey; it counts as both proofs, so staff need no other.

    ``None`` for an answer that proves nothing. ``replacing`` is the token of the browser's
    session so far, which ends.
    """
    passkey = _prove(answer, Purpose.SIGN_IN, site=site, asked_by=digest(browser))
    if passkey is None:
        return None
    end_session(replacing)
    token = begin_session(passkey.identity, passkey_id=passkey.id)
    audit.record("sign_in_by_passkey", about(passkey), by=passkey.identity.email)
    return SignedIn(token=token, next_path=next_path)


def prove_by_passkey(session: SignInSession, answer: str, *, site: Site) -> bool:
    """Note that whoever holds this session has one of their passkeys; ``False`` for no proof."""
    identity = session.identity
    passkey = _prove(answer, Purpose.PROVE, site=site, asked_by=session.token_digest, only=identity)
    if passkey is None:
        return False
    session.second_factor_at, session.passkey_id = clock.now(), passkey.id
    audit.record("prove_by_passkey", about(passkey), by=identity.email)
    return True


def _prove(
    answer: str, purpose: Purpose, *, site: Site, asked_by: str, only: Identity | None = None
) -> Passkey | None:
    """Return the passkey that signed our question just now; a challenge counts once in any case."""
    passkey = None
    try:
        proof = Proof(answer)
        use_challenge(proof.challenge, purpose, asked_by=asked_by)
        passkey = _get(proof, only)
        sign_count = proof.check(
            site,
            owner=passkey.identity_id,
            public_key=passkey.public_key,
            sign_count=passkey.sign_count,
        )
        _count(passkey, sign_count)
    except Unproven as reason:
        log.warning("passkey refused", reason=str(reason), purpose=purpose.value)
        if passkey is not None:
            audit.record("refuse_passkey", about(passkey), by=passkey.identity.email)
        return None
    return passkey


def _get(proof: Proof, only: Identity | None = None) -> Passkey:
    """Return the passkey that the answer names, if it is one of ``only``'s. Raises ``Unproven``."""
    named = select(Passkey).where(Passkey.credential_id == proof.credential_id)
    if only is not None:
        named = named.where(Passkey.identity_id == only.id)
    passkey = db.session.scalar(named)
    if passkey is None:
        raise Unproven("no such passkey")
    return passkey


def _count(passkey: Passkey, sign_count: int) -> None:
    """Keep the count if nobody else did meanwhile. Raises ``Unproven``."""
    counted = db.session.execute(
        update(Passkey)
        .where(Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
        .values(sign_count=sign_count, last_used_at=clock.now())
        .returning(Passkey.id)
    )
    if counted.one_or_none() is None:
        raise Unproven("the passkey was used at the same moment")
