"""What teams owe and who pays it: the one way in for pages and other features."""

from events.billing.service.answering import accept_share, decline_share
from events.billing.service.cancelled import endings_at, give_everything_back
from events.billing.service.costs import (
    CostItem,
    drop_cost,
    drop_cost_payer,
    find_costs,
    name_cost_payer,
    set_cost,
    share_institute_cost,
)
from events.billing.service.finding import share_on
from events.billing.service.following import find_bill, follow, terms_of
from events.billing.service.invoicing import methods_for
from events.billing.service.ordering import take_order, why_no_order
from events.billing.service.payers import change_payer, drop_payer, name_payer, suggested_payers
from events.billing.service.pricing import (
    Said,
    affiliations_for,
    asks_for_affiliation,
    asks_for_code,
    say_for_price,
)
from events.billing.service.reckoning import live_shares, rule_of
from events.billing.service.sharing import share_costs
from events.billing.service.showing import (
    BillShown,
    ShareShown,
    going_back,
    pays_online,
    share_shown,
    show_bill,
    show_costs,
)

__all__ = [
    "BillShown",
    "CostItem",
    "Said",
    "ShareShown",
    "accept_share",
    "affiliations_for",
    "asks_for_affiliation",
    "asks_for_code",
    "change_payer",
    "decline_share",
    "drop_cost",
    "drop_cost_payer",
    "drop_payer",
    "endings_at",
    "find_bill",
    "find_costs",
    "follow",
    "give_everything_back",
    "going_back",
    "live_shares",
    "methods_for",
    "name_cost_payer",
    "name_payer",
    "pays_online",
    "rule_of",
    "say_for_price",
    "set_cost",
    "share_costs",
    "share_institute_cost",
    "share_on",
    "share_shown",
    "show_bill",
    "show_costs",
    "suggested_payers",
    "take_order",
    "terms_of",
    "why_no_order",
]
