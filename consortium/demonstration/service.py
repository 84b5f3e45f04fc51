"""Be someone of the story, and read the mail that would have been sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import load_only

from consortium.audit import service as audit
from consortium.auth import service as auth
from consortium.database import db
from consortium.demonstration.cast import CAST, Character
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.people import service as people
from consortium.ports import Attachment
from consortium.words import say

MAILS_ON_A_PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Mails:
    """One page of the mail, newest first."""

    mails: Sequence[OutboxEmail]
    page: int
    pages: int
    total: int


def get_character(key: str) -> Character:
    """Return someone of the story. Raises ``NotFound``: nobody else can be tried."""
    for character in CAST:
        if character.key == key:
            return character
    raise NotFound(say("Nobody of this name is in the demonstration."))


def become(character: Character) -> str:
    """Sign in as someone of the story and return the session's token. Flushes."""
    identity = people.identity_for(character.email)
    token = auth.begin_session(identity)
    audit.record("become", f"identity:{identity.id}", by=character.email)
    db.session.flush()
    return token


def mails(page: int = 1) -> Mails:
    """Return a page of the mail that was promised, sent or not, without texts and files."""
    total = db.session.scalar(select(func.count()).select_from(OutboxEmail)) or 0
    pages = max(1, -(-total // MAILS_ON_A_PAGE))
    page = min(max(page, 1), pages)
    found = db.session.scalars(
        select(OutboxEmail)
        .options(
            load_only(
                OutboxEmail.to,
                OutboxEmail.subject,
                OutboxEmail.promised_at,
                OutboxEmail.settled_at,
                OutboxEmail.outcome,
            )
        )
        .order_by(OutboxEmail.promised_at.desc(), OutboxEmail.id)
        .offset((page - 1) * MAILS_ON_A_PAGE)
        .limit(MAILS_ON_A_PAGE)
    ).all()
    return Mails(mails=found, page=page, pages=pages, total=total)


def get_mail(mail_id: UUID) -> OutboxEmail:
    """Return one mail. Raises ``NotFound``."""
    mail = db.session.get(OutboxEmail, mail_id)
    if mail is None:
        raise NotFound(say("There is no such mail."))
    return mail


def get_file(mail_id: UUID, number: int) -> Attachment:
    """Return the file with this number, from 1, of a mail. Raises ``NotFound``."""
    files = outbox.as_email(get_mail(mail_id)).attachments
    if number not in range(1, len(files) + 1):
        raise NotFound(say("This mail has no such file."))
    return files[number - 1]
