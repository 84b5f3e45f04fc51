"""Payment terms in sentences: for those who write them, and for teams before they register."""

from collections.abc import Iterator, Sequence

from consortium.words import dollars, say
from events.institutes.domain.terms.kinds import (
    CUTOFF_WORDS,
    PaymentTerms,
    PurchaseOrders,
    RefundRule,
)
from events.institutes.domain.terms.refunds import tier_in_words
from events.institutes.domain.wording import day_in_words


def told_to_teams(terms: PaymentTerms) -> Sequence[str]:
    """Return what teams should know before they register; nothing of what is only usual."""
    orders = terms.purchase_orders
    said = list[str]()
    if terms.takes_purchase_orders and (orders.least_cents or orders.cutoff):
        said += orders_in_words(orders)
    if terms.refunds != RefundRule():
        said += [say("When somebody cancels:"), *refunds_in_words(terms)]
    return said


def orders_in_words(orders: PurchaseOrders) -> Iterator[str]:
    """Give what is asked of purchase orders, a sentence each."""
    if orders.least_cents:
        yield say(
            "Purchase orders are taken for %(least)s or more.", least=dollars(orders.least_cents)
        )
    else:
        yield say("Purchase orders are taken for any amount.")
    if orders.cutoff is not None:
        yield say("They must have come by %(day)s.", day=day_in_words(orders.cutoff))
        yield say("What happens then: %(what)s.", what=CUTOFF_WORDS[orders.at_cutoff])
    if orders.valid_days is not None:
        yield say("One that names no day holds for %(n)s days.", n=orders.valid_days)


def refunds_in_words(terms: PaymentTerms) -> Iterator[str]:
    """Give what comes back when somebody cancels, a sentence each."""
    refunds = terms.refunds
    if not refunds.tiers:
        yield say(
            "Everything is given back until the deadline “full refund until”, or else until the "
            "first day."
        )
    yield from map(tier_in_words, refunds.tiers)
    if refunds.tiers:
        yield say("Later nothing is given back.")
    if refunds.free_with_replacement:
        yield say("Nothing is kept when somebody else comes instead.")
