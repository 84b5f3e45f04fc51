"""Money that tests of payments stand on."""

from datetime import date
from uuid import UUID

from consortium.database import db, transaction
from events.invoices import service as invoices
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.payments.domain import ExceptionKind
from events.payments.domain.recording import CheckFacts, TransferFacts
from events.payments.models import Payment
from events.payments.service.deposits import make_deposit
from events.payments.service.exceptions import open_exceptions
from events.payments.service.recording import Towards, record_check, record_transfer
from tests.events.invoices.stage import FINANCE

TODAY = date(2026, 3, 2)


def check(
    cents: int = 30_000,
    towards: Towards = (),
    *,
    number: str = "1187",
    confirmed: bool = False,
    **facts: object,
) -> Payment:
    """Record a check that came today."""
    told = {"received_on": TODAY, **facts}
    with transaction():
        return record_check(
            CheckFacts(number=number, cents=cents, **told),  # type: ignore[arg-type]
            towards=towards,
            by=FINANCE,
            confirmed=confirmed,
        )


def transfer(
    cents: int = 30_000,
    towards: Towards = (),
    *,
    number: str = "FED-1",
    confirmed: bool = False,
    **facts: object,
) -> Payment:
    """Record a transfer that came today."""
    told = {"received_on": TODAY, **facts}
    with transaction():
        return record_transfer(
            TransferFacts(number=number, cents=cents, **told),  # type: ignore[arg-type]
            towards=towards,
            by=FINANCE,
            confirmed=confirmed,
        )


def deposit(*payment_ids: UUID) -> UUID:
    """Take checks to the bank today."""
    with transaction():
        return make_deposit(payment_ids, TODAY, by=FINANCE).id


def accounts() -> dict[Account, int]:
    """Return every account that is not at zero; all together are."""
    found = {account: cents for account, cents in ledger.account_balances().items() if cents}
    assert sum(found.values()) == 0
    return found


def balance(invoice_id: UUID) -> int:
    """Return what is open of an invoice."""
    return invoices.get_invoice(invoice_id).balance_cents


def waiting() -> list[tuple[ExceptionKind, int]]:
    """Return what waits for finance."""
    db.session.expire_all()
    return [(row.kind, row.cents) for row in open_exceptions()]
