"""Paying by card or bank account through Stripe: the one way in for routes and jobs.

Nothing here calls Stripe: routes and jobs do, outside any transaction, and bring the answers.
"""

from events.payments.service.stripe.checkouts import (
    Paying,
    Ticket,
    begin_checkout,
    checkout_closed,
    checkout_opened,
    checkout_refused,
    checkouts_to_close,
    methods_of,
    on_its_way,
    paying,
)
from events.payments.service.stripe.comparing import (
    WINDOW,
    Comparison,
    Theirs,
    compare,
    note_comparison,
    payments_waiting,
    repair,
    store_missed,
)
from events.payments.service.stripe.errands import (
    ask_about_payments,
    ask_for_refund,
    close_checkout,
    close_pages,
    sweep,
)
from events.payments.service.stripe.events import (
    apply_event,
    apply_payment,
    payment_unknown,
    payments_to_ask,
    store_answer,
    store_event,
    store_listed,
    waiting_events,
)
from events.payments.service.stripe.keys import (
    CardSettings,
    card_keys,
    card_settings,
    consortia_with_cards,
    keep_keys,
    needed_keys,
    remove_keys,
)
from events.payments.service.stripe.refunding import (
    Asking,
    refund_answered,
    refund_refused,
    refunds_to_ask,
    take_refund,
)
from events.payments.service.stripe.settling import AnotherIsAtIt

__all__ = [
    "WINDOW",
    "AnotherIsAtIt",
    "Asking",
    "CardSettings",
    "Comparison",
    "Paying",
    "Theirs",
    "Ticket",
    "apply_event",
    "apply_payment",
    "ask_about_payments",
    "ask_for_refund",
    "begin_checkout",
    "card_keys",
    "card_settings",
    "checkout_closed",
    "checkout_opened",
    "checkout_refused",
    "checkouts_to_close",
    "close_checkout",
    "close_pages",
    "compare",
    "consortia_with_cards",
    "keep_keys",
    "methods_of",
    "needed_keys",
    "note_comparison",
    "on_its_way",
    "paying",
    "payment_unknown",
    "payments_to_ask",
    "payments_waiting",
    "refund_answered",
    "refund_refused",
    "refunds_to_ask",
    "remove_keys",
    "repair",
    "store_answer",
    "store_event",
    "store_listed",
    "store_missed",
    "sweep",
    "take_refund",
    "waiting_events",
]
