"""What teams owe and who pays which part of it, in plain Python."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from uuid import UUID

from events.billing.domain.splitting import Basis
from tests.machine.money.plain_cards import PlainCards
from tests.machine.money.plain_payments import PlainInvoice, need

PRICE = 12_345
"""Of each person; odd, so that halves have odd cents."""


@dataclass
class PlainShare:
    id: UUID
    email: str
    cents: int = 0
    invoice: UUID | None = None
    declined: bool = False


@dataclass
class PlainTeam:
    """A team whose first payer pays a part, and the second the rest."""

    id: UUID
    seats: list[tuple[UUID, str]]
    shares: list[PlainShare] = field(default_factory=list)
    basis: Basis = Basis.PERCENT
    value: int = 5_000
    roles: tuple[str, ...] = ()
    kept_of: dict[UUID, int] = field(default_factory=dict)
    """What the host keeps of those who cancelled late, by the seat that was given back."""
    ended: bool = False

    @property
    def kept(self) -> int:
        return sum(self.kept_of.values())

    @property
    def total(self) -> int:
        return PRICE * len(self.seats) + self.kept

    def first_part(self) -> int:
        """Return what the first payer pays; odd cents are the first one's."""
        n = len(self.seats)
        part = {
            Basis.PERCENT: Fraction(self.total * self.value, 10_000),
            Basis.AMOUNT: Fraction(self.value),
            Basis.SEATS: Fraction(self.total * self.value, max(n, self.value, 1)),
            Basis.ROLES: self._of_roles(),
        }[self.basis]
        return min(self.total, ceil(part))

    def _of_roles(self) -> Fraction:
        mine = sum(role in self.roles for _, role in self.seats)
        return PRICE * mine + Fraction(self.kept * mine, max(1, len(self.seats)))


class PlainMoney(PlainCards):
    """Teams, and all that follows of what they owe."""

    def __init__(self) -> None:
        super().__init__()
        self.teams: list[PlainTeam] = []
        self.cancelled = False

    def bill(self, team: PlainTeam) -> None:
        """Let the invoices of a team say what is owed now; who said no is asked for nothing."""
        first, second = team.shares
        first.cents = team.first_part()
        second.cents = team.total - first.cents
        for share in team.shares:
            if share.invoice is not None:
                self.invoices[share.invoice].billed = 0 if share.declined else share.cents

    def issued(self, share: PlainShare, invoice: UUID | None) -> None:
        """Note which invoice a share got, which only something to pay brings."""
        if share.invoice is None and invoice is not None:
            share.invoice = invoice
            assert share.cents > 0
            assert not share.declined
            self.invoices[invoice] = PlainInvoice(share.cents)

    def split(self, team: PlainTeam, basis: Basis, value: int, roles: tuple[str, ...]) -> None:
        need(not team.ended)
        need(basis is not Basis.AMOUNT or value <= team.total)
        team.basis, team.value, team.roles = basis, value, roles
        for share in team.shares:
            share.declined = False
        self.bill(team)

    def decline(self, share: PlainShare) -> None:
        need(not self.cancelled)
        if share.invoice is not None:
            row = self.invoices[share.invoice]
            need(row.asked == self.balance(share.invoice))
            row.billed = 0
            row.end_orders_that_never_came()
        share.declined = True

    def leave(self, team: PlainTeam, seats: set[UUID], keeps: Fraction) -> None:
        """Let people leave; the host keeps so much of their price."""
        gone = [one for one in team.seats if one[0] in seats]
        team.seats = [one for one in team.seats if one[0] not in seats]
        team.kept_of[gone[0][0]] = int(PRICE * len(gone) * keeps + Fraction(1, 2))
        self.bill(team)

    def end_all(self) -> None:
        """The host cancels: nobody owes anything."""
        self.cancelled = True
        for team in self.teams:
            team.seats, team.kept_of, team.ended = [], {}, True
            self.bill(team)
