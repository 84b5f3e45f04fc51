"""What a check or a transfer must say before it is written down, and what is odd about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from consortium.words import dollars, say
from events.invoices.domain import MOST_CENTS, MoneyRefused
from events.payments.domain import PaymentKind

STALE = timedelta(days=180)
"""Banks need not pay a check that is older."""
ABSURD = timedelta(days=3660)


class Doubtful(MoneyRefused):
    """This may be so, but someone must say that it is: nothing was written down yet."""


@dataclass(frozen=True, kw_only=True)
class CheckFacts:
    """What stands on a check that came."""

    number: str
    cents: int
    received_on: date
    payer_id: UUID | None = None
    drawer: str = ""
    """Whose name stands on it, where it is another than the payer's."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TransferFacts:
    """What the bank says of a transfer that came."""

    cents: int
    received_on: date
    payer_id: UUID | None = None
    number: str = ""
    """Its reference, as a text."""
    drawer: str = ""
    note: str = ""


Facts = CheckFacts | TransferFacts


@dataclass(frozen=True, kw_only=True)
class Known:
    """A payment that is here already."""

    number: str
    received_on: date


def kind_of(facts: Facts) -> PaymentKind:
    """Return how this money came."""
    return PaymentKind.CHECK if isinstance(facts, CheckFacts) else PaymentKind.TRANSFER


def check_facts(facts: Facts, *, today: date) -> None:
    """Raise ``MoneyRefused`` for what no check or transfer can say."""
    check_cents(facts.cents)
    if isinstance(facts, CheckFacts) and not facts.number.strip():
        raise MoneyRefused(say("Write the number of the check."), field="number")
    if abs(facts.received_on - today) > ABSURD:
        raise MoneyRefused(say("This day cannot be right. Correct it."), field="received_on")


def check_cents(cents: int, *, field: str = "cents") -> None:
    """Raise ``MoneyRefused`` for an amount that nobody pays."""
    if cents <= 0:
        raise MoneyRefused(say("Write an amount above zero."), field=field)
    if cents > MOST_CENTS:
        raise MoneyRefused(
            say("No payment is above %(most)s. Correct the amount.", most=dollars(MOST_CENTS)),
            field=field,
        )


def check_doubts(facts: Facts, known: Iterable[Known], *, today: date) -> None:
    """Raise ``Doubtful`` for what is rarely meant: the first such thing.

    ``known`` are payments of the same kind and amount from the same payer or drawer.
    """
    total = dollars(facts.cents)
    for one in known:
        if _same(facts, one):
            raise Doubtful(
                say(
                    "Check %(number)s for %(total)s is here already. Record it again?",
                    number=one.number,
                    total=total,
                )
                if isinstance(facts, CheckFacts)
                else say(
                    "A transfer of %(total)s from this payer is here already. Record it again?",
                    total=total,
                ),
                field="confirmed",
            )
    if facts.received_on > today:
        raise Doubtful(
            say("This day is still to come. Has the money come already?"), field="confirmed"
        )
    if isinstance(facts, CheckFacts) and today - facts.received_on > STALE:
        raise Doubtful(
            say("This check is more than 180 days old, and a bank may refuse it. Record it?"),
            field="confirmed",
        )


def _same(facts: Facts, known: Known) -> bool:
    if isinstance(facts, CheckFacts):
        return _plain(facts.number) == _plain(known.number)
    if facts.number.strip() and known.number:
        return facts.number.strip() == known.number
    return facts.received_on == known.received_on


def _plain(number: str) -> str:
    """Return a check's number as it may be written next time: 001187 is 1187."""
    return number.strip().lstrip("0").casefold()
