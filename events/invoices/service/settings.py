"""How the consortium keeps its books: read everywhere, written by finance."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict
from consortium.files import service as files
from consortium.files.models import StoredFile
from consortium.files.service import PutFile
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import say
from events.invoices.domain import MoneyRefused
from events.invoices.domain.papers import Issuer
from events.invoices.models import ONE_BOOKS, MoneySettings

MOST_LEVELS = 3
LONGEST_DUNNING = 365


@dataclass(frozen=True, kw_only=True)
class Books:
    """What finance writes down once: who bills, and how it is paid."""

    legal_name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    tax_id: str = ""
    payable_to: str = ""
    remit_to: str = ""
    fiscal_year_starts: int = 7
    dunning_days: tuple[int, ...] = ()
    dunning_paused: bool = False


class BooksBegan(Exception):
    """Another transaction wrote the first settings a moment ago."""


def settings() -> MoneySettings:
    """Return how the books are kept; where nobody has said so yet, as most keep theirs."""
    found: MoneySettings | None = db.session.scalar(select(MoneySettings))
    if found is not None:
        return found
    tenant = db.session.get_one(Tenant, require_tenant())
    return MoneySettings(
        legal_name=tenant.name,
        email=tenant.reply_address,
        address="",
        phone="",
        tax_id="",
        payable_to="",
        remit_to="",
        fiscal_year_starts=7,
        dunning_days=[7, 21, 45],
        dunning_paused=False,
        sealed_card_key="",
        sealed_webhook_secret="",
        card_key_ends="",
        cards_live=False,
        version=0,
    )


def write_settings(books: Books, *, version: int, by: str) -> MoneySettings:
    """Write down who bills and how; papers issued before keep what they say.

    Raises ``Conflict`` when someone else changed it meanwhile, ``MoneyRefused`` for reminder days
    that do not rise.
    """
    _check_days(books.dunning_days)
    row = own_settings()
    if row.version != version:
        raise Conflict(
            say("Someone else changed these settings meanwhile. Look at them as they are now."),
            versions=((say("Name on papers"), row.legal_name, books.legal_name),),
        )
    before = {"fiscal_year_starts": row.fiscal_year_starts, "legal_name": row.legal_name}
    for name in (
        "legal_name",
        "address",
        "phone",
        "email",
        "tax_id",
        "payable_to",
        "remit_to",
        "fiscal_year_starts",
        "dunning_paused",
    ):
        setattr(row, name, getattr(books, name))
    row.dunning_days = list(books.dunning_days)
    row.version += 1
    db.session.flush()
    audit.record(
        "write_money_settings",
        f"money_settings:{row.id}",
        by=by,
        before=before,
        after={"fiscal_year_starts": row.fiscal_year_starts, "legal_name": row.legal_name},
    )
    return row


def keep_w9(file: PutFile, *, by: str, person_id: UUID | None = None) -> MoneySettings:
    """Keep the host's W-9, which payers may download. The former one goes."""
    row = own_settings()
    former, row.w9_file_id = row.w9_file_id, None
    db.session.flush()
    files.forget([former] if former else [])
    row.w9_file_id = files.keep(file, person_id=person_id).id
    row.version += 1
    db.session.flush()
    audit.record("keep_w9", f"money_settings:{row.id}", by=by, after={"size": file.size})
    return row


def w9() -> StoredFile | None:
    """Return the host's W-9, if it is on file."""
    row = settings()
    return db.session.get_one(StoredFile, row.w9_file_id) if row.w9_file_id else None


def own_settings() -> MoneySettings:
    """Return the settings' row, made now where there is none. Part of another act."""
    found = db.session.scalar(select(MoneySettings).with_for_update(key_share=True))
    if found is not None:
        return found
    try:
        with translating(ONE_BOOKS, into=BooksBegan()), db.session.begin_nested():
            row = settings()
            db.session.add(row)
    except BooksBegan:
        return db.session.scalars(select(MoneySettings)).one()
    return row


def issuer() -> Issuer:
    """Return who bills, as papers say it."""
    row = settings()
    return Issuer(
        name=row.legal_name,
        address=lines_of(row.address),
        phone=row.phone,
        email=row.email,
        tax_id=row.tax_id,
        payable_to=row.payable_to,
        remit_to=lines_of(row.remit_to),
    )


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of an address that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _check_days(days: Sequence[int]) -> None:
    rising = list(days) == sorted(set(days))
    if len(days) > MOST_LEVELS or not rising or not all(0 < day <= LONGEST_DUNNING for day in days):
        raise MoneyRefused(
            say("Write up to three numbers of days that rise, such as 7, 21, 45."),
            field="dunning_days",
        )
