"""Who is signed in: a browser holds a random token, the database its digest."""

import hashlib
import secrets
from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from consortium import clock
from consortium.audit import service as audit
from consortium.auth.models import SignInSession
from consortium.database import db
from consortium.people.models import Identity

SESSION_LASTS = timedelta(days=30)
SESSION_BYTES = 32
# flask-login looks here for whoever is signed in.
KEPT_AS = "_user_id"


def begin_session(identity: Identity, *, passkey_id: UUID | None = None) -> str:
    """Begin a session for this identity and return its token, which is stored nowhere. Flushes.

    One that a passkey began needs no second proof: the passkey was both.
    """
    token = secrets.token_urlsafe(SESSION_BYTES)
    now = clock.now()
    db.session.add(
        SignInSession(
            identity_id=identity.id,
            token_digest=digest(token),
            began_at=now,
            expires_at=now + SESSION_LASTS,
            second_factor_at=now if passkey_id else None,
            passkey_id=passkey_id,
        )
    )
    db.session.flush()
    return token


def find_session(token: str) -> SignInSession | None:
    """Return the live session that this token opened, its identity with it, in one query."""
    return db.session.scalar(_LIVE, {"digest": digest(token), "now": clock.now()})


# Asked for every page; putting it together takes longer than asking.
_LIVE = select(SignInSession).where(
    SignInSession.token_digest == bindparam("digest"),
    SignInSession.ended_at.is_(None),
    SignInSession.expires_at > bindparam("now"),
)


def end_session(token: str) -> None:
    """End the session that this token opened; an unknown or ended one changes nothing."""
    session = find_session(token)
    if session is None:
        return
    session.ended_at = clock.now()
    audit.record("end_session", f"session:{session.id}", by=session.identity.email)


def remember(session: MutableMapping[str, Any], token: str) -> None:
    """Put the token where the browser's cookie keeps it."""
    session[KEPT_AS] = token


def digest(token: str) -> str:
    """Return what the database keeps of a token that nobody could guess."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
