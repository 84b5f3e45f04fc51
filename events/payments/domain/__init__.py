"""Money that comes and goes: small rules, without a database."""

from collections.abc import Mapping
from enum import StrEnum, auto

from consortium.words import Sentence, say


class PaymentKind(StrEnum):
    """How money came."""

    CHECK = auto()
    TRANSFER = auto()
    CARD = auto()
    BANK_ACCOUNT = auto()


KIND_WORDS: Mapping[PaymentKind, Sentence] = {
    PaymentKind.CHECK: say("Check"),
    PaymentKind.TRANSFER: say("Bank transfer"),
    PaymentKind.CARD: say("Card"),
    PaymentKind.BANK_ACCOUNT: say("Bank account (ACH)"),
}
BY_STRIPE = frozenset({PaymentKind.CARD, PaymentKind.BANK_ACCOUNT})


class PaymentStatus(StrEnum):
    """Where money is that came."""

    ON_HAND = auto()
    """A check that nobody has taken to the bank yet."""
    DEPOSITED = auto()
    RECEIVED = auto()
    PROCESSING = auto()
    """A bank account's payment that takes days to arrive, or to fail."""
    FAILED = auto()
    RETURNED = auto()
    """A check that the bank sent back unpaid."""
    MAILED_BACK = auto()


STATUS_WORDS: Mapping[PaymentStatus, Sentence] = {
    PaymentStatus.ON_HAND: say("On hand, not deposited"),
    PaymentStatus.DEPOSITED: say("Deposited"),
    PaymentStatus.RECEIVED: say("Received"),
    PaymentStatus.PROCESSING: say("On its way"),
    PaymentStatus.FAILED: say("Failed"),
    PaymentStatus.RETURNED: say("Returned unpaid by the bank"),
    PaymentStatus.MAILED_BACK: say("Mailed back"),
}
HELD = frozenset({PaymentStatus.ON_HAND, PaymentStatus.DEPOSITED, PaymentStatus.RECEIVED})
"""Money that we have."""


class RefundWay(StrEnum):
    """How money goes back: the way it came."""

    STRIPE = auto()
    CHECK = auto()
    MAIL_BACK = auto()
    """The very check, which nobody has deposited, goes back by mail."""


WAY_WORDS: Mapping[RefundWay, Sentence] = {
    RefundWay.STRIPE: say("To the card or account it came from"),
    RefundWay.CHECK: say("By check"),
    RefundWay.MAIL_BACK: say("Mail the check back"),
}


class RefundStatus(StrEnum):
    """Where a refund stands."""

    OWED = auto()
    ASKED = auto()
    """Stripe has been asked; it has not said yet how it ended."""
    PAID = auto()
    FAILED = auto()


REFUND_WORDS: Mapping[RefundStatus, Sentence] = {
    RefundStatus.OWED: say("To be paid out"),
    RefundStatus.ASKED: say("On its way"),
    RefundStatus.PAID: say("Paid out"),
    RefundStatus.FAILED: say("Failed"),
}


class LineEnd(StrEnum):
    """What a line of the bank's statement turned out to be."""

    PAYMENT = auto()
    DEPOSIT = auto()
    RETURNED = auto()
    PAYOUT = auto()
    """What Stripe paid out to the bank."""
    SET_ASIDE = auto()
    """Nothing to note: rent, wages, what the bank charges, a check of ours that it paid."""


LINE_WORDS: Mapping[LineEnd, Sentence] = {
    LineEnd.PAYMENT: say("A payment"),
    LineEnd.DEPOSIT: say("A deposit of checks"),
    LineEnd.RETURNED: say("A check that came back"),
    LineEnd.PAYOUT: say("Paid out by Stripe"),
    LineEnd.SET_ASIDE: say("Set aside"),
}


class ExceptionKind(StrEnum):
    """Why someone of finance must look."""

    NO_SEAT = auto()
    PAID_TWICE = auto()
    OVERPAID = auto()
    NO_INVOICE = auto()
    OTHER_CURRENCY = auto()
    OTHER_AMOUNT = auto()
    REFUNDED_ELSEWHERE = auto()
    REFUND_FAILED = auto()
    DISPUTED = auto()
    PAYMENT_FAILED = auto()
    CHECK_RETURNED = auto()
    ORDER_LATE = auto()
    DIFFERENCE = auto()
    UNREADABLE = auto()


EXCEPTION_WORDS: Mapping[ExceptionKind, Sentence] = {
    ExceptionKind.NO_SEAT: say("Money came for people who do not come any more"),
    ExceptionKind.PAID_TWICE: say("An invoice that was paid was paid again"),
    ExceptionKind.OVERPAID: say("More came than was owed"),
    ExceptionKind.NO_INVOICE: say("Money came that belongs to no invoice"),
    ExceptionKind.OTHER_CURRENCY: say("Money came in another currency"),
    ExceptionKind.OTHER_AMOUNT: say("Another amount came than was asked for"),
    ExceptionKind.REFUNDED_ELSEWHERE: say("A refund was made outside these books"),
    ExceptionKind.REFUND_FAILED: say("A refund failed"),
    ExceptionKind.DISPUTED: say("A payer disputes a payment"),
    ExceptionKind.PAYMENT_FAILED: say("A payment failed after it had seemed to arrive"),
    ExceptionKind.CHECK_RETURNED: say("The bank returned a check"),
    ExceptionKind.ORDER_LATE: say("A promised purchase order did not come"),
    ExceptionKind.DIFFERENCE: say("Our books and Stripe differ"),
    ExceptionKind.UNREADABLE: say("A message from Stripe could not be applied"),
}
