"""The books: posting, reversing, balances, the journal, closing months.

Nothing here writes an audit row but closing and reopening: whoever posts does so inside an act
of his own, which is on record, and the journal itself says who posted what and when.
"""

from consortium.tenants.service.days import today
from events.ledger.service.balances import (
    account_balances,
    invoice_balances,
    open_invoices,
    payer_balances,
    suspense_cents,
    suspense_of_payments,
)
from events.ledger.service.closing import (
    ClosingRefused,
    close_month,
    closed_until,
    next_to_close,
    reopen_month,
)
from events.ledger.service.posting import (
    AlreadyPosted,
    NotPosted,
    is_posted,
    post,
    post_once,
    reverse,
)
from events.ledger.service.reading import (
    journal,
    lines_of_invoice,
    lines_of_invoices,
    lines_of_payers,
    trial_balance,
)

__all__ = [
    "AlreadyPosted",
    "ClosingRefused",
    "NotPosted",
    "account_balances",
    "close_month",
    "closed_until",
    "invoice_balances",
    "is_posted",
    "journal",
    "lines_of_invoice",
    "lines_of_invoices",
    "lines_of_payers",
    "next_to_close",
    "open_invoices",
    "payer_balances",
    "post",
    "post_once",
    "reopen_month",
    "reverse",
    "suspense_cents",
    "suspense_of_payments",
    "today",
    "trial_balance",
]
