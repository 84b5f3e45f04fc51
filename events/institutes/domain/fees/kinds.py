"""The kinds of fee rules, as values. How they read in a file is ``rules``; in words, ``sentences``.

Money is in whole cents, a share of it in basis points (5000 is 50 %). ``raw`` is the rule as the
file has it, so that nothing of it is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

Raw: TypeAlias = Mapping[str, Any]
WHOLE = 10_000
"""All of something, in basis points."""


class Unit(StrEnum):
    """For what a price is paid once."""

    PERSON = "person"
    TEAM = "team"
    LEA = "LEA"


@dataclass(frozen=True, kw_only=True)
class Span:
    """From when until when a rule holds, both days included; it holds always without them."""

    begins: date | None = None
    ends: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the day is in it."""
        return (self.begins or date.min) <= on <= (self.ends or date.max)

    @property
    def dated(self) -> bool:
        """Whether it holds on some days only."""
        return bool(self.begins or self.ends)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of any kind."""

    raw: Raw
    span: Span = Span()


@dataclass(frozen=True, kw_only=True)
class Price(Rule):
    """So much for each person, team or LEA; ``name`` is empty for the plain price."""

    unit: Unit
    each_cents: int
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class FreeFirst(Rule):
    """The first people of each LEA (or team) come free, the others pay.

    With ``roles`` only people of these roles can come free; ``None`` cents: the price of the
    others is not said.
    """

    n: int
    per_lea: bool
    then_each_cents: int | None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class TeamSize(Rule):
    """A team price that includes ``n`` people; each further one pays."""

    n: int
    each_cents: int
    then_each_cents: int


@dataclass(frozen=True, kw_only=True)
class RolePrice(Rule):
    """People of these roles pay this instead of the usual price."""

    roles: frozenset[str]
    each_cents: int


@dataclass(frozen=True, kw_only=True)
class VisitorFee(Rule):
    """Each visitor pays this instead; with ``day`` it is the price of that day."""

    each_cents: int
    day: str = ""


@dataclass(frozen=True, kw_only=True)
class GuestFee(Rule):
    """Teams of these states (of any guest state without them) pay this and no usual price."""

    states: frozenset[str]
    unit: Unit
    each_cents: int


@dataclass(frozen=True, kw_only=True)
class ChoiceFee(Rule):
    """Whoever chose an optional day or a strand pays this on top."""

    choice: str
    each_cents: int


@dataclass(frozen=True, kw_only=True)
class AffiliateRate(Rule):
    """A team whose local is affiliated to one of these pays this instead."""

    affiliations: frozenset[str]
    unit: Unit
    each_cents: int


@dataclass(frozen=True, kw_only=True)
class SponsorCredit(Rule):
    """A sponsor pays part of it; with ``affiliations`` only for their teams. Cents taken off."""

    by: str
    unit: Unit
    off_cents: int
    affiliations: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Discount(Rule):
    """Who types this code pays less: by a share of the price, or by cents taken off."""

    name: str
    basis_points: int = 0
    off_cents: int = 0
    unit: Unit = Unit.TEAM
    limit: int | None = None
    """How many teams may use it; ``None``: any number."""


@dataclass(frozen=True, kw_only=True)
class Cap(Rule):
    """The prices together come to no more than this for each team or LEA."""

    unit: Unit
    most_cents: int


@dataclass(frozen=True, kw_only=True)
class PurchaseOrderFee(Rule):
    """Handling costs this where a team pays by purchase order."""

    each_cents: int


@dataclass(frozen=True, kw_only=True)
class DefaultShare:
    """Who pays which part unless the team says otherwise.

    ``who`` is a name, or a word for a kind of payer such as “district”.
    """

    who: str
    basis_points: int


@dataclass(frozen=True, kw_only=True)
class SplitCost(Rule):
    """The institute's cost is shared by payers; no team is charged for it."""

    total_cents: int
    shares: tuple[DefaultShare, ...]


@dataclass(frozen=True, kw_only=True)
class SplitRest(Rule):
    """What a team has to pay is shared like this."""

    shares: tuple[DefaultShare, ...]


@dataclass(frozen=True, kw_only=True)
class Meant(Rule):
    """Says how another rule is meant; there is nothing to count."""


@dataclass(frozen=True, kw_only=True)
class Told(Rule):
    """A rule that is told and cannot be counted: of an unknown kind, or with a part unread."""
