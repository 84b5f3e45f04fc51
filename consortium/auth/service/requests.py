"""Ask to sign in, and sign in by the mail's link or code."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Row, and_, delete, func, or_, select, update

from consortium import clock
from consortium.audit import service as audit
from consortium.auth import emails
from consortium.auth.domain import bare, new_code
from consortium.auth.domain.keys import Keys
from consortium.auth.models import SignInRequest
from consortium.auth.service import begin_session, digest, end_session
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.people import service as people
from consortium.people.domain import normalise_email

REQUEST_LASTS = timedelta(minutes=10)
OVERLAP = timedelta(minutes=2)
KEPT_FOR = timedelta(days=2)  # the longest period that is counted over is one day
TRIES = 5
LINK_BYTES = 20  # 160 bits
ASKED_TOO_OFTEN = ((timedelta(hours=1), 5), (timedelta(days=1), 20))


TRIES_LEFT = SignInRequest.tries < TRIES


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A session that has just begun, and where its person wanted to go."""

    token: str
    next_path: str


def ask_to_sign_in(email: str, *, browser: str, next_path: str, keys: Keys) -> str:
    """Promise the mail with link and code, and return the address it goes to.

    Known and unknown addresses get the same. Beyond five an hour or twenty a day nothing is
    sent and nobody is told, since whoever asks need not be whom the address belongs to. A newer
    request voids the older ones two minutes later. Raises ``NotAnAddress``.
    """
    email = normalise_email(email)
    now = clock.now()
    _one_at_a_time(email)
    if _asked_too_often(email, now):
        return email
    _void_open_requests(email, now)
    token, code = secrets.token_urlsafe(LINK_BYTES), new_code()
    request_id = uuid4()
    db.session.add(
        SignInRequest(
            id=request_id,
            email=email,
            link_digest=digest(token),
            code_digest=keys.code_digest(request_id, code),
            browser_digest=digest(browser),
            next_path=next_path,
            asked_at=now,
            expires_at=now + REQUEST_LASTS,
        )
    )
    outbox.promise(
        emails.sign_in(email, token=token, code=code),
        about=_mail_about(request_id),
        lapses_at=now + REQUEST_LASTS,
    )
    db.session.flush()
    return email


def find_request(link: str) -> SignInRequest | None:
    """Return the live request this link belongs to; looking at it changes nothing."""
    return db.session.scalar(
        select(SignInRequest).where(
            SignInRequest.link_digest == digest(link), _alive(clock.now()), TRIES_LEFT
        )
    )


def asked_by(request: SignInRequest, browser: str) -> bool:
    """Tell whether this browser is the one that asked."""
    return hmac.compare_digest(request.browser_digest, digest(browser))


def sign_in_by_link(link: str, *, browser: str, replacing: str) -> SignedIn | None:
    """Sign in the browser that asked; ``None`` when the link is spent, late or another's.

    ``replacing`` is the token of the browser's session so far, which ends.
    """
    request = _use(
        SignInRequest.link_digest == digest(link),
        SignInRequest.browser_digest == digest(browser),
        TRIES_LEFT,
    )
    if request is None:
        return None
    return _begin(request, replacing=replacing, act="sign_in_by_link")


def sign_in_by_code(
    code: str, *, browser: str, email: str, keys: Keys, replacing: str
) -> SignedIn | None:
    """Sign in the browser that asked for this address and now knows the mail's code.

    A wrong code gives ``None`` and is counted: after five the request is dead.
    """
    mine = and_(SignInRequest.browser_digest == digest(browser), SignInRequest.email == email)
    return _try_code(code, mine, keys=keys, replacing=replacing, act="sign_in_by_code")


def sign_in_by_link_and_code(
    link: str, code: str, *, keys: Keys, replacing: str
) -> SignedIn | None:
    """Sign in another browser than the one that asked: there the link alone does not.

    A wrong code gives ``None`` and is counted: after five the request is dead.
    """
    its = SignInRequest.link_digest == digest(link)
    return _try_code(code, its, keys=keys, replacing=replacing, act="sign_in_by_link_and_code")


def forget_spent() -> int:
    """Forget requests, with their mails, that nothing counts any more; return how many."""
    spent = (
        db.session.execute(
            delete(SignInRequest)
            .where(SignInRequest.asked_at < clock.now() - KEPT_FOR)
            .returning(SignInRequest.id)
            .execution_options(synchronize_session=False)
        )
        .scalars()
        .all()
    )
    for request_id in spent:
        outbox.forget(_mail_about(request_id))
    return len(spent)


def _try_code(
    code: str, which: ColumnElement[bool], *, keys: Keys, replacing: str, act: str
) -> SignedIn | None:
    typed = bare(code)
    tried = _count_try(which)
    for request_id, _email, code_digest in tried:
        if hmac.compare_digest(code_digest, keys.code_digest(request_id, typed)):
            request = _use(SignInRequest.id == request_id)
            if request is not None:
                return _begin(request, replacing=replacing, act=act)
    if tried:
        request_id, email, _code_digest = tried[0]
        audit.record("refuse_code", f"sign-in:{request_id}", by=email)
    return None


def _count_try(which: ColumnElement[bool]) -> Sequence[Row[UUID, str, str]]:
    """Count one try at every live request in question, and return those."""
    return db.session.execute(
        update(SignInRequest)
        .where(which, _alive(clock.now()), TRIES_LEFT)
        .values(tries=SignInRequest.tries + 1)
        .returning(SignInRequest.id, SignInRequest.email, SignInRequest.code_digest)
        .execution_options(synchronize_session=False)
    ).all()


def _use(*which: ColumnElement[bool]) -> Row[UUID, str, str] | None:
    """Use up the request, if it is still alive; of many at once only one succeeds."""
    now = clock.now()
    return db.session.execute(
        update(SignInRequest)
        .where(*which, _alive(now))
        .values(used_at=now)
        .returning(SignInRequest.id, SignInRequest.email, SignInRequest.next_path)
        .execution_options(synchronize_session=False)
    ).one_or_none()


def _begin(request: Row[UUID, str, str], *, replacing: str, act: str) -> SignedIn:
    request_id, email, next_path = request
    end_session(replacing)
    token = begin_session(people.identity_for(email))
    audit.record(act, f"sign-in:{request_id}", by=email)
    return SignedIn(token=token, next_path=next_path)


def _one_at_a_time(email: str) -> None:
    """Let requests for one address wait for each other, so that counting them means something.

    SQLite has one writer anyway.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"sign-in {email}"))))


def _asked_too_often(email: str, now: datetime) -> bool:
    asked = db.session.scalars(
        select(SignInRequest.asked_at).where(
            SignInRequest.email == email,
            SignInRequest.asked_at > now - max(period for period, _ in ASKED_TOO_OFTEN),
        )
    ).all()
    return any(
        sum(moment > now - period for moment in asked) >= most for period, most in ASKED_TOO_OFTEN
    )


def _void_open_requests(email: str, now: datetime) -> None:
    voided = db.session.scalars(
        update(SignInRequest)
        .where(SignInRequest.email == email, _alive(now), SignInRequest.voided_at.is_(None))
        .values(voided_at=now + OVERLAP)
        .returning(SignInRequest.id)
        .execution_options(synchronize_session=False)
    ).all()
    for request_id in voided:
        outbox.supersede(_mail_about(request_id))


def _alive(now: datetime) -> ColumnElement[bool]:
    return and_(
        SignInRequest.used_at.is_(None),
        SignInRequest.expires_at > now,
        or_(SignInRequest.voided_at.is_(None), SignInRequest.voided_at > now),
    )


def _mail_about(request_id: UUID) -> str:
    return f"sign-in:{request_id}"
