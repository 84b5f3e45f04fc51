"""Finance says what lines of a bank statement are; only then something happens to money."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import NotFound
from consortium.words import dollars, say
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.ledger.domain import Account, Entry, EntryKind
from events.ledger.domain import Line as EntryLine
from events.payments.domain import LineEnd, PaymentKind, PaymentStatus
from events.payments.domain.recording import TransferFacts
from events.payments.models import BankLine
from events.payments.service.applying import in_words, lock_payment
from events.payments.service.bank import proposed
from events.payments.service.deposits import deposit_checks
from events.payments.service.recording import record
from events.payments.service.returns import take_check_back

ASIDE = "aside"
"""The choice that a line is none of ours."""


def match_lines(choices: Mapping[UUID, str], *, by: str) -> tuple[str, ...]:
    """Take lines for what finance says they are, all of them or none; return a sentence for each.

    A choice is the key of a proposal, or ``aside``. A transfer that was not recorded is recorded,
    a check on hand is deposited, a returned one is taken back. Raises ``NotFound``, and
    ``MoneyRefused`` when a line was settled meanwhile or a proposal does not hold any more.
    """
    if not choices:
        raise MoneyRefused(say("Say for at least one line what it is."))
    lines = _held(sorted(choices))
    taken: set[str] = set()
    told = []
    for one in proposed(lines):
        key = choices[one.line.id]
        if key != ASIDE and key not in {proposal.key for proposal in one.proposals}:
            raise MoneyRefused(
                say(
                    "The line for %(cents)s of %(day)s is not that any more. Look at it again.",
                    cents=dollars(one.line.cents),
                    day=one.line.on.isoformat(),
                )
            )
        if key in taken and key not in {ASIDE, "payout"} and not key.startswith("invoice:"):
            raise MoneyRefused(say("Two lines cannot be the same payment. Choose once."))
        taken.add(key)
        told.append(_settle(one.line, key, by=by))
    db.session.flush()
    audit.record(
        "match_lines",
        "bank_lines",
        by=by,
        after={str(line_id): key for line_id, key in choices.items()},
    )
    return tuple(told)


def _held(ids: Sequence[UUID]) -> Sequence[BankLine]:
    hold(BankLine.id, *ids)
    statement = select(BankLine).where(BankLine.id.in_(ids)).order_by(BankLine.on, BankLine.id)
    lines = db.session.scalars(statement.execution_options(populate_existing=True)).all()
    if len(lines) < len(ids):
        raise NotFound(say("One of these lines is not there."))
    if any(line.settled_at for line in lines):
        raise MoneyRefused(say("Someone else settled one of these lines a moment ago."))
    return lines


def _settle(line: BankLine, key: str, *, by: str) -> str:
    kind, _, id_ = key.partition(":")
    words = _ACTS[kind](line, UUID(id_) if id_ else None, by)
    line.settled_at = clock.now()
    line.settled_by = by
    return words


def _is_payment(line: BankLine, payment_id: UUID | None, by: str) -> str:
    payment = lock_payment(_known(payment_id))
    words = say("%(payment)s is at the bank.", payment=in_words(payment))
    if payment.kind is PaymentKind.CHECK and payment.status is PaymentStatus.ON_HAND:
        deposit_checks([payment.id], max(line.on, payment.received_on), by=by)
        words = say("%(payment)s is noted as deposited.", payment=in_words(payment))
    line.settled_as, line.payment_id = LineEnd.PAYMENT, payment.id
    return words


def _is_deposit(line: BankLine, deposit_id: UUID | None, by: str) -> str:  # noqa: ARG001
    line.settled_as, line.deposit_id = LineEnd.DEPOSIT, _known(deposit_id)
    return say("The deposit of %(cents)s is at the bank.", cents=dollars(line.cents))


def _pays_invoice(line: BankLine, invoice_id: UUID | None, by: str) -> str:
    facts = TransferFacts(
        cents=line.cents,
        received_on=line.on,
        number=line.reference[:200],
        note=line.words,
    )
    payment, applied = record(facts, [(_known(invoice_id), None)], by=by, confirmed=True)
    line.settled_as, line.payment_id = LineEnd.PAYMENT, payment.id
    return say(
        "A transfer of %(cents)s is recorded; %(applied)s of it pays the invoice.",
        cents=dollars(line.cents),
        applied=dollars(sum(applied.to.values())),
    )


def _is_returned(line: BankLine, payment_id: UUID | None, by: str) -> str:
    payment = take_check_back(_known(payment_id), line.on, line.words, by=by)
    line.settled_as, line.payment_id = LineEnd.RETURNED, payment.id
    return say("%(payment)s is noted as returned.", payment=in_words(payment))


def _is_payout(line: BankLine, _: UUID | None, by: str) -> str:
    ledger.post(
        Entry(
            kind=EntryKind.PAYOUT,
            source=f"bank_line:{line.id}",
            memo=say("Stripe paid out") if line.cents > 0 else say("Stripe took money back"),
            lines=(
                EntryLine(account=Account.BANK, cents=line.cents),
                EntryLine(account=Account.STRIPE, cents=-line.cents),
            ),
        ),
        by=by,
        on=min(line.on, ledger.today()),
    )
    line.settled_as = LineEnd.PAYOUT
    if line.cents < 0:
        return say("%(cents)s went from the bank to Stripe.", cents=dollars(-line.cents))
    return say("%(cents)s came from Stripe to the bank.", cents=dollars(line.cents))


def _is_none_of_ours(line: BankLine, _: UUID | None, by: str) -> str:  # noqa: ARG001
    line.settled_as = LineEnd.SET_ASIDE
    return say("The line for %(cents)s is set aside.", cents=dollars(line.cents))


def _known(id_: UUID | None) -> UUID:
    if id_ is None:
        raise NotFound(say("There is no such thing."))
    return id_


_ACTS: Mapping[str, Callable[[BankLine, UUID | None, str], str]] = {
    "payment": _is_payment,
    "deposit": _is_deposit,
    "invoice": _pays_invoice,
    "returned": _is_returned,
    "payout": _is_payout,
    ASIDE: _is_none_of_ours,
}
