"""How an institute is paid for and what is kept when somebody cancels, as values.

Money is in whole cents, a share of it in basis points (5000 is 50 %).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from consortium.words import Sentence, dollars, say
from events.institutes.domain.wording import day_in_words

DUE_DAYS = 30
LONGEST = 365
"""Days: nobody means more, of whatever is counted in days."""


class AtCutoff(StrEnum):
    """What happens to a team whose purchase order has not come by the cut-off."""

    KEEP = auto()
    REMIND = auto()
    WAITLIST = auto()
    WITHDRAW = auto()


CUTOFF_WORDS = {
    AtCutoff.KEEP: say("Nothing: the team keeps its places"),
    AtCutoff.REMIND: say("The team is reminded and keeps its places"),
    AtCutoff.WAITLIST: say("The team goes to the waitlist"),
    AtCutoff.WITHDRAW: say("The team's registration ends"),
}


@dataclass(frozen=True, kw_only=True)
class PurchaseOrders:
    """From which amount, by when and for how long purchase orders are taken."""

    least_cents: int = 0
    cutoff: date | None = None
    """By this day an order that is “to follow” must have come."""
    at_cutoff: AtCutoff = AtCutoff.REMIND
    valid_days: int | None = None
    """How long an order holds where it names no day itself."""

    def why_not(self, cents: int, *, on: date) -> Sentence | None:
        """Return why so many cents cannot be paid by purchase order on a day, if so."""
        if cents < self.least_cents:
            return say(
                "Purchase orders are taken for %(least)s or more. Choose another way to pay.",
                least=dollars(self.least_cents),
            )
        if self.cutoff is not None and on > self.cutoff:
            return say(
                "Purchase orders were taken until %(day)s. Choose another way to pay.",
                day=day_in_words(self.cutoff),
            )
        return None

    def to_follow_by(self, today: date) -> date | None:
        """Return by which day an order promised today must come; ``None`` where no day is set."""
        return None if self.cutoff is None or today > self.cutoff else self.cutoff

    def expires_on(self, received_on: date) -> date | None:
        """Return until when an order holds that names no day itself."""
        return None if self.valid_days is None else received_on + timedelta(days=self.valid_days)


@dataclass(frozen=True, kw_only=True)
class Tier:
    """Who cancels at least so many days before the first day loses no more than this."""

    days: int
    working: bool = False
    """Count Mondays to Fridays that are no holidays; otherwise every day."""
    keep_basis_points: int = 0
    keep_cents: int = 0
    """For each person; used when no basis points are kept."""


@dataclass(frozen=True, kw_only=True)
class RefundRule:
    """What is given back when people or teams cancel.

    With tiers nothing is given back after the last of them. Without tiers everything is, until
    the deadline “full refund until” or, without one, until the first day.
    """

    tiers: tuple[Tier, ...] = ()
    free_with_replacement: bool = True


@dataclass(frozen=True, kw_only=True)
class PaymentTerms:
    """The payment terms of one institute. ``methods`` are its ways to pay."""

    methods: tuple[str, ...] = ()
    due_days: int = DUE_DAYS
    """How many days after its date an invoice is due."""
    purchase_orders: PurchaseOrders = PurchaseOrders()
    refunds: RefundRule = RefundRule()
    w9_attached: bool = False
    """Whether the host's W-9 goes with every invoice; otherwise only where somebody asks."""
    rerate: bool = False
    """Whether an early price that is not paid while it holds becomes the price of the day."""
    payable_to: str = ""
    """To whom checks are made out; empty: as the consortium's settings say."""

    def offers(self, method: str) -> bool:
        """Whether a way to pay is offered; where the host has named none, each is."""
        return not self.methods or method in self.methods

    @property
    def takes_purchase_orders(self) -> bool:
        """Whether purchase orders are accepted at all."""
        return self.offers("purchase_order")

    @property
    def takes_cards(self) -> bool:
        """Whether cards are offered."""
        return self.offers("card")

    @property
    def takes_bank_accounts(self) -> bool:
        """Whether paying from a US bank account (ACH) is offered."""
        return self.offers("ach")


def in_order(tiers: Sequence[Tier]) -> tuple[Tier, ...]:
    """Return the tiers as people read them: the earliest first."""
    return tuple(sorted(tiers, key=lambda tier: (-tier.days, tier.working)))
