"""Payers: found again by what they are and whom their invoices go to, or written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold, translating
from consortium.errors import Conflict, NotFound
from consortium.files import service as files
from consortium.files.service import PutFile
from consortium.people.domain import normalise_email
from consortium.words import say
from events.invoices.domain import MoneyRefused, PayerKind
from events.invoices.models import SAME_PAYER, Payer

DETAILS = ("contact_name", "address", "grant_number", "tax_exempt")
"""What can be corrected of a payer without making it another one."""


@dataclass(frozen=True, kw_only=True)
class PayerFacts:
    """What is known of a payer."""

    kind: PayerKind
    name: str
    contact_email: str
    contact_name: str = ""
    address: str = ""
    lea_id: str | None = None
    grant_number: str = ""
    tax_exempt: str = ""


class SamePayer(Exception):
    """The payer was written down by someone else a moment ago."""


def payer_for(facts: PayerFacts) -> Payer:
    """Return the payer of this kind, name and contact, written down now if nobody did before.

    Part of another act. What is known of it already stays; only blanks are filled. Raises
    ``MoneyRefused`` without a name, ``NotAnAddress`` for what is no e-mail address.
    """
    name = " ".join(facts.name.split())
    if not name:
        raise MoneyRefused(say("Write who pays, as its checks say it."), field="name")
    email = normalise_email(facts.contact_email)
    known = _same(facts.kind, name, email)
    if known is None:
        known = _write_down(facts, name, email)
    for field in ("contact_name", "address", "lea_id", "grant_number", "tax_exempt"):
        if not getattr(known, field) and getattr(facts, field):
            setattr(known, field, getattr(facts, field))
    db.session.flush()
    return known


def correct_details(payer: Payer, facts: PayerFacts) -> None:
    """Write down what is said of a payer beside its kind, name and contact.

    Papers issued before keep what they say. Part of another act.
    """
    for name in DETAILS:
        setattr(payer, name, getattr(facts, name))
    payer.version += 1
    db.session.flush()


def differs(payer: Payer, facts: PayerFacts) -> bool:
    """Tell whether something else is said of a payer than is known."""
    return any(getattr(payer, name).split() != getattr(facts, name).split() for name in DETAILS)


def edit_payer(payer_id: UUID, facts: PayerFacts, *, version: int, by: str) -> Payer:
    """Change what is known of a payer; papers issued before keep what they say.

    Raises ``NotFound``, ``Conflict`` when someone else changed it meanwhile, ``MoneyRefused``
    when another payer of this kind and name has the same contact.
    """
    payer = lock_payer(payer_id)
    if payer.version != version:
        raise Conflict(
            say("Someone else changed this payer meanwhile. Look at it as it is now."),
            versions=((say("Payer"), payer.name, facts.name),),
        )
    before = {"name": payer.name, "kind": payer.kind.value}
    taken = MoneyRefused(
        say("There is a payer with this name and contact already. Use that one."), field="name"
    )
    payer.kind = facts.kind
    payer.name = " ".join(facts.name.split())
    payer.contact_email = normalise_email(facts.contact_email)
    payer.contact_name, payer.address = facts.contact_name, facts.address
    payer.lea_id, payer.grant_number = facts.lea_id, facts.grant_number
    payer.tax_exempt = facts.tax_exempt
    payer.version += 1
    with translating(SAME_PAYER, into=taken):
        db.session.flush()
    audit.record(
        "edit_payer",
        f"payer:{payer.id}",
        by=by,
        before=before,
        after={"name": payer.name, "kind": payer.kind.value},
    )
    return payer


def keep_certificate(payer_id: UUID, number: str, file: PutFile | None, *, by: str) -> Payer:
    """Keep a payer's tax-exempt certificate on file: its number, and the paper if there is one.

    Raises ``NotFound``, ``MoneyRefused`` without either.
    """
    payer = lock_payer(payer_id)
    if not number.strip() and file is None:
        raise MoneyRefused(say("Write the certificate's number, or choose its file."))
    payer.tax_exempt = number.strip() or payer.tax_exempt
    if file is not None:
        former, payer.tax_exempt_file_id = payer.tax_exempt_file_id, None
        db.session.flush()
        files.forget([former] if former else [])
        payer.tax_exempt_file_id = files.keep(file, person_id=None).id
    payer.version += 1
    db.session.flush()
    audit.record("keep_certificate", f"payer:{payer.id}", by=by, after={"file": file is not None})
    return payer


def pause_reminders(payer_id: UUID, *, paused: bool, by: str) -> Payer:
    """Stop or resume reminding a payer of what is overdue. Raises ``NotFound``."""
    payer = lock_payer(payer_id)
    payer.reminders_paused = paused
    payer.version += 1
    db.session.flush()
    audit.record("pause_reminders", f"payer:{payer.id}", by=by, after={"paused": paused})
    return payer


def get_payer(payer_id: UUID) -> Payer:
    """Return the payer. Raises ``NotFound``."""
    payer = db.session.scalar(select(Payer).where(Payer.id == payer_id))
    if payer is None:
        raise NotFound(say("There is no such payer."))
    return payer


def lock_payer(payer_id: UUID) -> Payer:
    """Return the payer, held so that two people change it one by one. Raises ``NotFound``."""
    hold(Payer.id, payer_id)
    statement = select(Payer).where(Payer.id == payer_id)
    payer = db.session.scalar(statement.execution_options(populate_existing=True))
    if payer is None:
        raise NotFound(say("There is no such payer."))
    return payer


def payers_called(words: str, *, most: int = 50) -> Sequence[Payer]:
    """Return payers whose name or contact has these words, by name."""
    statement = select(Payer).order_by(Payer.name, Payer.id).limit(most)
    for word in words.split():
        statement = statement.where(
            or_(
                Payer.name.icontains(word, autoescape=True),
                Payer.contact_email.icontains(word, autoescape=True),
            )
        )
    return db.session.scalars(statement).all()


def _same(kind: PayerKind, name: str, email: str) -> Payer | None:
    return db.session.scalar(
        select(Payer).where(Payer.kind == kind, Payer.name == name, Payer.contact_email == email)
    )


def _write_down(facts: PayerFacts, name: str, email: str) -> Payer:
    payer = Payer(kind=facts.kind, name=name, contact_email=email, created_at=clock.now())
    try:
        with translating(SAME_PAYER, into=SamePayer()), db.session.begin_nested():
            db.session.add(payer)
    except SamePayer:
        found = _same(facts.kind, name, email)
        if found is None:
            raise
        return found
    return payer
