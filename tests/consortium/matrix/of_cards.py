"""The routes of paying by card: who may call what. Their acts need a Stripe and are tried there."""

from collections.abc import Mapping

from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import EVERYONE, Policy

sees_money = Policy(may=frozenset({"owner", "finance"}))
an_invoice = Policy(may=EVERYONE, names={"token": "pay_token"})

POLICIES: Mapping[str, Policy] = {
    "cards.begin POST": an_invoice,
    "cards.compare POST": sees_money,
    "cards.done GET": an_invoice,
    "cards.remove POST": sees_money,
    "cards.settings GET": sees_money,
    "cards.settings POST": sees_money,
    "webhooks.receive POST": Policy(may=EVERYONE),
}
ELSEWHERE = {route for route in POLICIES if route.endswith(" POST")}
ACTS: Mapping[str, Act] = {}
