"""What a line of the bank's statement may be: proposals, each with its reason."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from uuid import UUID

from consortium.words import Sentence, dollars, say
from events.payments.domain import PaymentKind, PaymentStatus

NEAR = 10
"""Days between our books and the bank's."""
_TOKEN = re.compile(r"\w+")
_SAYS_RETURNED = frozenset({"return", "returned", "nsf", "chargeback", "reversal", "unpaid"})
_SAYS_NOTHING = frozenset(
    (
        *("the", "of", "and", "for", "inc", "school", "schools", "district", "districts"),
        *("public", "board", "education", "union", "city", "county", "association", "local"),
        *("unified", "township", "unit"),
    )
)
"""Words of names that half of all payers have."""


class Strength(IntEnum):
    """How much speaks for a proposal."""

    MAYBE = 1
    LIKELY = 2
    SURE = 3


STRENGTH_WORDS = {
    Strength.MAYBE: say("perhaps"),
    Strength.LIKELY: say("likely"),
    Strength.SURE: say("almost sure"),
}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a line may be; ``key`` names it: ``payment:<id>``, ``invoice:<id>``, ``payout``."""

    key: str
    strength: Strength
    reason: Sentence


@dataclass(frozen=True, kw_only=True)
class KnownPayment:
    """A check or transfer in our books."""

    id: UUID
    kind: PaymentKind
    status: PaymentStatus
    number: str
    cents: int
    on: date
    payer: str
    on_a_line: bool = False
    """Whether a line of a statement was this payment before."""


@dataclass(frozen=True, kw_only=True)
class KnownDeposit:
    """A deposit in our books."""

    id: UUID
    cents: int
    on: date
    checks: int


@dataclass(frozen=True, kw_only=True)
class KnownInvoice:
    """An invoice, with what is open of it."""

    id: UUID
    number: str
    cents: int
    payer: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the statement."""

    on: date
    cents: int
    words: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """Everything that lines may be."""

    payments: Sequence[KnownPayment] = ()
    deposits: Sequence[KnownDeposit] = ()
    invoices: Sequence[KnownInvoice] = ()


def proposals(line: Line, known: Known) -> tuple[Proposal, ...]:
    """Return what a line may be, the strongest first. Nothing is applied by that."""
    found = _came(line, known) if line.cents > 0 else _went(line, known)
    return tuple(sorted(found, key=lambda one: (-one.strength, one.key)))


def _came(line: Line, known: Known) -> Iterable[Proposal]:
    tokens = _tokens(line.words)
    for deposit in known.deposits:
        if deposit.cents == line.cents and -1 <= (line.on - deposit.on).days <= NEAR:
            yield Proposal(
                key=f"deposit:{deposit.id}",
                strength=Strength.SURE,
                reason=say(
                    "Your deposit of %(day)s comes to the same sum.", day=deposit.on.isoformat()
                ),
            )
    for payment in known.payments:
        yield from _payment(line, tokens, payment)
    for invoice in known.invoices:
        yield from _invoice(line, tokens, invoice)
    if "stripe" in tokens:
        yield Proposal(
            key="payout",
            strength=Strength.LIKELY,
            reason=say("The line names Stripe: money of card payments that it paid out."),
        )


def _payment(line: Line, tokens: frozenset[str], payment: KnownPayment) -> Iterable[Proposal]:
    if payment.cents != line.cents or payment.on_a_line:
        return
    key, named = f"payment:{payment.id}", _has_number(tokens, payment.number)
    if payment.kind is PaymentKind.CHECK:
        if named:
            reason = say("Check %(number)s of this amount.", number=payment.number)
            yield Proposal(key=key, strength=Strength.SURE, reason=reason)
    elif payment.status is PaymentStatus.RECEIVED and abs((line.on - payment.on).days) <= NEAR:
        sure = named or _names(tokens, payment.payer)
        reason = say(
            "A transfer of this amount from %(payer)s is recorded already.",
            payer=payment.payer or say("someone not known"),
        )
        yield Proposal(key=key, strength=Strength.SURE if sure else Strength.LIKELY, reason=reason)


def _invoice(line: Line, tokens: frozenset[str], invoice: KnownInvoice) -> Iterable[Proposal]:
    values = {"number": invoice.number, "payer": invoice.payer, "open": dollars(invoice.cents)}
    same = invoice.cents == line.cents
    key = f"invoice:{invoice.id}"
    if _names_number(line.words, invoice.number):
        strength = Strength.SURE if same else Strength.LIKELY
        reason = say("The line names invoice %(number)s; %(open)s of it is open.", **values)
    elif same and _names(tokens, invoice.payer):
        strength = Strength.LIKELY
        reason = say(
            "So much is open of invoice %(number)s, and the line names %(payer)s.", **values
        )
    elif same:
        strength = Strength.MAYBE
        reason = say("So much is open of invoice %(number)s of %(payer)s.", **values)
    else:
        return
    yield Proposal(key=key, strength=strength, reason=reason)


def _went(line: Line, known: Known) -> Iterable[Proposal]:
    tokens = _tokens(line.words)
    if "stripe" in tokens:
        yield Proposal(
            key="payout",
            strength=Strength.LIKELY,
            reason=say("The line names Stripe: refunds or disputes took more than had come in."),
        )
    for payment in known.payments:
        if payment.cents != -line.cents or payment.status is not PaymentStatus.DEPOSITED:
            continue
        named, told = _has_number(tokens, payment.number), bool(tokens & _SAYS_RETURNED)
        if told or named:
            yield Proposal(
                key=f"returned:{payment.id}",
                strength=Strength.SURE if named and told else Strength.MAYBE,
                reason=say(
                    "Check %(number)s of this amount may have come back.", number=payment.number
                ),
            )


def _tokens(text: str) -> frozenset[str]:
    return frozenset(token.lstrip("0") or "0" for token in _TOKEN.findall(text.casefold()))


def _names_number(words: str, number: str) -> bool:
    """Tell whether the words name an invoice: banks drop the dashes of our numbers.

    Another digit makes another number: INV-2026-1000 is not INV-2026-10000.
    """
    parts = _TOKEN.findall(number.casefold())
    return bool(re.search(r"[\W_]*".join(map(re.escape, parts)) + r"(?!\d)", words.casefold()))


def _has_number(tokens: frozenset[str], number: str) -> bool:
    return bool(number) and _tokens(number) <= tokens


def _names(tokens: frozenset[str], payer: str) -> bool:
    """Tell whether the words name the payer by what is its own, not by what many are called."""
    own = {token for token in _tokens(payer) if token not in _SAYS_NOTHING and len(token) > 1}
    return bool(own) and own <= tokens
