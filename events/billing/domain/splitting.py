"""Split what is owed among payers, to the cent.

The stated rule for odd cents: what does not divide evenly goes, cent by cent, to the payers in
the order in which they are listed. $18,453.75 at half each is $9,226.88 for the payer listed
first and $9,226.87 for the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from fractions import Fraction

from consortium.words import Sentence, dollars, say
from events.invoices.domain import MoneyRefused

WHOLE = 10_000
"""Basis points: 5000 are half."""
ODD_CENTS = say("Odd cents go to the payers in the order listed.")


class Basis(StrEnum):
    """How a payer's share is meant."""

    PERCENT = auto()
    AMOUNT = auto()
    SEATS = auto()
    ROLES = auto()
    REST = auto()


BASIS_WORDS: Mapping[Basis, Sentence] = {
    Basis.PERCENT: say("A percentage"),
    Basis.AMOUNT: say("A fixed amount"),
    Basis.SEATS: say("A number of seats"),
    Basis.ROLES: say("The seats of some roles"),
    Basis.REST: say("Whatever is left"),
}


@dataclass(frozen=True, kw_only=True)
class ShareRule:
    """One payer's share. ``value`` is basis points, cents or seats, as ``basis`` says."""

    basis: Basis
    value: int = 0
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What is to be split: the sum, and which part of it each seat accounts for.

    ``seats`` holds the roles of each seat and the cents that are charged for that seat alone;
    what is charged for the team as a whole counts for all its seats alike.
    """

    total_cents: int
    seats: tuple[tuple[tuple[str, ...], Fraction], ...] = ()


def split(owed: Owed, shares: Sequence[ShareRule]) -> tuple[int, ...]:
    """Return what each share comes to, in whole cents that add up to all that is owed.

    Fixed amounts come first, then percentages of the whole; seats and roles share in proportion,
    and what is left goes to whoever takes the rest. A team that changes after its shares were
    agreed upon is still paid for in full: what no share covers goes to all in proportion, and
    what they cover twice is taken off from the last one listed.
    """
    if not shares:
        raise ValueError("nobody pays")
    total = Fraction(owed.total_cents)
    parts = [_asked(owed, share, shares) for share in shares]
    left = total - sum(parts)
    resting = [n for n, share in enumerate(shares) if share.basis is Basis.REST]
    if left > 0 and resting:
        parts[resting[0]] = left
    elif left > 0:
        parts = _stretched(parts, left)
    elif left < 0:
        parts = _shortened(parts, -left)
    return _whole(parts, owed.total_cents)


def check_shares(owed: Owed, shares: Sequence[ShareRule]) -> None:
    """Raise ``MoneyRefused`` when the shares do not add up to what is owed as they stand."""
    if not shares:
        raise MoneyRefused(say("Say who pays: add at least one payer."))
    if sum(share.basis is Basis.REST for share in shares) > 1:
        raise MoneyRefused(say("Only one payer can take whatever is left."))
    points = sum(share.value for share in shares if share.basis is Basis.PERCENT)
    if points > WHOLE:
        raise MoneyRefused(
            say("The percentages add up to %(sum)s. Make it 100 at most.", sum=percent(points))
        )
    covered = sum(_asked(owed, share, shares) for share in shares)
    takes_rest = any(share.basis is Basis.REST for share in shares)
    by_seats = [share.value for share in shares if share.basis is Basis.SEATS]
    if by_seats and not takes_rest and sum(by_seats) != len(owed.seats):
        raise MoneyRefused(
            say(
                "The team has %(n)s seats, and the shares name %(m)s. Let them add up, or let one "
                "payer take whatever is left.",
                n=len(owed.seats),
                m=sum(by_seats),
            )
        )
    if covered > owed.total_cents or (covered < owed.total_cents and not takes_rest):
        raise MoneyRefused(
            say(
                "The shares come to %(sum)s of %(total)s. Let them add up, or let one payer take "
                "whatever is left.",
                sum=dollars(round(covered)),
                total=dollars(owed.total_cents),
            )
        )


def percent(points: int) -> str:
    """Write basis points as people do: 50%, 33.33%."""
    text = f"{points // 100}.{points % 100:02d}".rstrip("0").rstrip(".")
    return f"{text}%"


def _asked(owed: Owed, share: ShareRule, shares: Sequence[ShareRule]) -> Fraction:
    total = Fraction(owed.total_cents)
    if share.basis is Basis.AMOUNT:
        return Fraction(share.value)
    if share.basis is Basis.PERCENT:
        return total * Fraction(share.value, WHOLE)
    if share.basis is Basis.SEATS:
        named = sum(one.value for one in shares if one.basis is Basis.SEATS)
        everyone = max(len(owed.seats), named)
        return total * Fraction(share.value, everyone) if everyone else Fraction(0)
    if share.basis is Basis.ROLES:
        return _of_roles(owed, frozenset(share.roles))
    return Fraction(0)


def _of_roles(owed: Owed, roles: frozenset[str]) -> Fraction:
    if not owed.seats:
        return Fraction(0)
    mine = [alone for codes, alone in owed.seats if not roles.isdisjoint(codes)]
    together = owed.total_cents - sum((alone for _, alone in owed.seats), Fraction(0))
    return sum(mine, Fraction(0)) + together * Fraction(len(mine), len(owed.seats))


def _stretched(parts: list[Fraction], left: Fraction) -> list[Fraction]:
    covered = sum(parts)
    if not covered:
        return [left if n == 0 else part for n, part in enumerate(parts)]
    return [part + left * part / covered for part in parts]


def _shortened(parts: list[Fraction], over: Fraction) -> list[Fraction]:
    kept = list(parts)
    for n in range(len(kept) - 1, -1, -1):
        taken = min(kept[n], over)
        kept[n] -= taken
        over -= taken
    return kept


def _whole(parts: Sequence[Fraction], total: int) -> tuple[int, ...]:
    cents = [int(part) for part in parts]
    odd = total - sum(cents)
    for n, part in enumerate(parts):
        if odd and part != cents[n]:
            cents[n] += 1
            odd -= 1
    return tuple(cents)
