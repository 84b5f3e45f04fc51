"""The sealed way between a person's address and the pseudonym. Nothing else opens it."""

import hmac
from collections.abc import Collection, Mapping
from uuid import UUID, uuid4

from sqlalchemy import select

from cohorts.surveys.models import SurveyLink
from consortium.database import db, insert_into
from consortium.sealing import fingerprint, fingerprints, seal, unseal
from consortium.tenancy import require_tenant

PSEUDONYM, ADDRESS, LETTER = "survey pseudonym", "survey address", "survey letter"
DIGITS = 40
"""Of a letter's mark: 160 bits, as of every address that is a secret."""
IN_PARTS = 400


def pseudonyms_of(partnership_id: UUID, emails: Collection[str]) -> Mapping[str, UUID]:
    """Return the pseudonyms of these addresses in a partnership, of those that have one."""
    tenant_id = require_tenant()
    marks = {
        mark: email
        for email in emails
        for mark in fingerprints(email, ADDRESS, tenant_id=tenant_id)
    }
    found: dict[str, UUID] = {}
    wanted = sorted(marks)
    for first in range(0, len(wanted), IN_PARTS):
        links = select(SurveyLink).where(
            SurveyLink.partnership_id == partnership_id,
            SurveyLink.who.in_(wanted[first : first + IN_PARTS]),
        )
        for link in db.session.scalars(links):
            found[marks[link.who]] = UUID(unseal(link.sealed, PSEUDONYM, tenant_id=tenant_id))
    return found


def draw(partnership_id: UUID, emails: Collection[str]) -> Mapping[str, UUID]:
    """Return the pseudonyms of these addresses; who has none gets one, for good. Flushes."""
    known = pseudonyms_of(partnership_id, emails)
    missing = sorted(set(emails) - set(known))
    if not missing:
        return known
    tenant_id = require_tenant()
    rows = [
        {
            "id": uuid4(),
            "tenant_id": tenant_id,
            "partnership_id": partnership_id,
            "who": fingerprint(email, ADDRESS, tenant_id=tenant_id),
            "sealed": seal(str(uuid4()), PSEUDONYM, tenant_id=tenant_id),
        }
        for email in missing
    ]
    for first in range(0, len(rows), IN_PARTS):
        part = rows[first : first + IN_PARTS]
        db.session.execute(insert_into(SurveyLink).values(part).on_conflict_do_nothing())
    return pseudonyms_of(partnership_id, emails)


def letter_token(name_id: UUID) -> str:
    """Return what the personal address in a mail ends with; it says nothing of a pseudonym."""
    mark = fingerprint(name_id.hex, LETTER, tenant_id=require_tenant())
    return f"{name_id.hex}{mark[:DIGITS]}"


def read_token(token: str) -> UUID | None:
    """Return whose personal address this is; ``None`` where it is nobody's."""
    if len(token) != len(UUID(int=0).hex) + DIGITS or not token.isascii():
        return None
    named, said = token[:-DIGITS], token[-DIGITS:]
    tenant_id = require_tenant()
    marks = [mark[:DIGITS] for mark in fingerprints(named, LETTER, tenant_id=tenant_id)]
    if not any([hmac.compare_digest(said, mark) for mark in marks]):  # noqa: C419  (no early end)
        return None
    return UUID(named)


def link_of(partnership_id: UUID, email: str) -> SurveyLink | None:
    """Return the sealed link of an address in a partnership, unopened."""
    marks = fingerprints(email, ADDRESS, tenant_id=require_tenant())
    statement = select(SurveyLink).where(
        SurveyLink.partnership_id == partnership_id, SurveyLink.who.in_(marks)
    )
    return db.session.scalars(statement).first()


def mark_of(email: str) -> str:
    """Return the fingerprint under which the link of an address is kept."""
    return fingerprint(email, ADDRESS, tenant_id=require_tenant())
