"""What a passkey has to sign: random, for one browser and one purpose, once, within minutes."""

import hashlib
import secrets

from sqlalchemy import delete, update

from consortium import clock
from consortium.auth.domain.passkeys import ANSWER_WITHIN, Purpose
from consortium.auth.models import PasskeyChallenge
from consortium.auth.service.authenticators import Unproven
from consortium.database import db

CHALLENGE_BYTES = 32


def new_challenge(purpose: Purpose, *, asked_by: str) -> bytes:
    """Return a challenge that only ``asked_by`` (a digest) may answer. Flushes."""
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    db.session.add(
        PasskeyChallenge(
            digest=_digest(challenge),
            purpose=purpose,
            asked_by=asked_by,
            expires_at=clock.now() + ANSWER_WITHIN,
        )
    )
    db.session.flush()
    return challenge


def use_challenge(challenge: bytes, purpose: Purpose, *, asked_by: str) -> None:
    """Use the challenge up, whatever the answer is worth; of many at once only one succeeds.

    Raises ``Unproven`` when it was used before, is too old, or was given to another browser or
    for another purpose.
    """
    now = clock.now()
    used = db.session.execute(
        update(PasskeyChallenge)
        .where(
            PasskeyChallenge.digest == _digest(challenge),
            PasskeyChallenge.purpose == purpose,
            PasskeyChallenge.asked_by == asked_by,
            PasskeyChallenge.used_at.is_(None),
            PasskeyChallenge.expires_at > now,
        )
        .values(used_at=now)
        .returning(PasskeyChallenge.id)
        .execution_options(synchronize_session=False)
    )
    if used.one_or_none() is None:
        raise Unproven("the challenge is used, too old, or not this browser's")


def forget_old() -> int:
    """Forget the challenges that nobody can answer any more; return how many."""
    forgotten = db.session.execute(
        delete(PasskeyChallenge)
        .where(PasskeyChallenge.expires_at <= clock.now())
        .returning(PasskeyChallenge.id)
        .execution_options(synchronize_session=False)
    )
    return len(forgotten.all())


def _digest(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()
