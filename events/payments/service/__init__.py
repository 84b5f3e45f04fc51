"""Money that comes and goes: the one way in for other features."""

from events.payments.service.applying import (
    Applied,
    Gone,
    applied_of,
    in_words,
    lock_payment,
    payments_on,
    post_payment,
    take_back,
    take_off,
)
from events.payments.service.assigning import (
    apply_payment,
    assign_payer,
    move_payment,
    set_apart,
)
from events.payments.service.deposits import make_deposit
from events.payments.service.exceptions import (
    finance_addresses,
    follow_rest,
    open_count,
    open_exception,
    open_exceptions,
    resolve_exception,
)
from events.payments.service.finding import refunds_on
from events.payments.service.marking import Mark, Marked, mark_paid
from events.payments.service.recording import record_check, record_transfer
from events.payments.service.refund_paying import (
    cancel_refund,
    fail_refund,
    get_refund,
    mail_back,
    pay_refund_check,
    refund_paid,
    refunds_of,
    refunds_to_pay,
)
from events.payments.service.refunds import (
    decide_refund,
    raise_refunded,
    refund_credit,
    refund_credits,
)
from events.payments.service.returns import return_check

__all__ = [
    "Applied",
    "Gone",
    "Mark",
    "Marked",
    "applied_of",
    "apply_payment",
    "assign_payer",
    "cancel_refund",
    "decide_refund",
    "fail_refund",
    "finance_addresses",
    "follow_rest",
    "get_refund",
    "in_words",
    "lock_payment",
    "mail_back",
    "make_deposit",
    "mark_paid",
    "move_payment",
    "open_count",
    "open_exception",
    "open_exceptions",
    "pay_refund_check",
    "payments_on",
    "post_payment",
    "raise_refunded",
    "record_check",
    "record_transfer",
    "refund_credit",
    "refund_credits",
    "refund_paid",
    "refunds_of",
    "refunds_on",
    "refunds_to_pay",
    "resolve_exception",
    "return_check",
    "set_apart",
    "take_back",
    "take_off",
]
