"""Stripe's API, as far as our adapter calls it."""

import copy
import re
import secrets
from collections.abc import Callable
from typing import Any

from tests.fakes.stripe_parts import checking, objects
from tests.fakes.stripe_parts.acts import Acts
from tests.fakes.stripe_parts.errors import StripeFault, invalid, missing, missing_parameter
from tests.fakes.stripe_parts.reversals import Reversals
from tests.fakes.stripe_parts.state import DAY, Account, State, Thing

HALF_AN_HOUR = 30 * 60
LISTED = {
    "/v1/checkout/sessions": "checkout.session",
    "/v1/payment_intents": "payment_intent",
    "/v1/charges": "charge",
    "/v1/refunds": "refund",
    "/v1/disputes": "dispute",
    "/v1/events": "event",
    "/v1/webhook_endpoints": "webhook_endpoint",
}
NAMES = {"/v1/checkout/sessions": "session", "/v1/payment_intents": "intent", "/v1/events": "id"}
FILTERS = ("payment_intent", "charge", "status", "customer")
COMPARED: dict[str, Callable[[int, int], bool]] = {
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
}


class Calls:
    """Answers requests that came with a key we know."""

    def __init__(self, state: State, acts: Acts, reversals: Reversals, base: Callable[[], str]):
        self._state = state
        self._acts = acts
        self._reversals = reversals
        self._base = base

    def admit(self, account: Account, method: str, path: str, params: dict[str, Any]) -> None:
        """Raise what Stripe answers before it begins: not allowed, or wrong parameters."""
        template, _named = _template(path)
        if f"{method} {template}" in account.lacking:
            raise StripeFault(
                403,
                f"The provided key '{account.key[:8]}****' does not have the required permissions "
                "for this endpoint on account 'acct_test'. Having the 'rak_made_up' permission "
                "would allow this request to continue.",
            )
        checking.check(method, path, template, params)

    def answer(
        self, account: Account, method: str, path: str, params: dict[str, Any], key: str | None
    ) -> Thing:
        """Return what is answered with 200; raises ``StripeFault`` for all else."""
        template, named = _template(path)
        self._acts.expire_what_is_over()
        match method, template:
            case "POST", "/v1/checkout/sessions":
                found = self._begin(account, params)
            case "POST", "/v1/checkout/sessions/{session}/expire":
                account.get(named, "checkout.session")
                found = self._acts.expire(named)
            case "POST", "/v1/refunds":
                found = self._reversals.refund(account, params, idempotency_key=key)
            case "POST", "/v1/webhook_endpoints":
                found = self._endpoint(account, params)
            case "GET", "/v1/balance":
                found = {"object": "balance", "available": [], "pending": [], "livemode": False}
            case "GET", listed if listed in LISTED:
                return self._list(account, listed, params)
            case "GET", _ if named:
                found = account.get(named, LISTED[template.rpartition("/{")[0]])
            case _:
                raise StripeFault(404, f"Unrecognized request URL ({method}: {path}).")
        return _expanded(account, found, params.get("expand", []))

    def _begin(self, account: Account, params: dict[str, Any]) -> Thing:
        if params.get("mode") != "payment":
            raise invalid("mode", "This fake knows the mode payment only.")
        for name in ("success_url", "line_items"):
            if not params.get(name):
                raise missing_parameter(name)
        (line,) = params["line_items"]
        cents = int(line["price_data"]["unit_amount"]) * int(line.get("quantity", 1))
        if cents < 50:
            raise invalid(
                "line_items",
                "The Checkout Session's total amount must convert to at least 50 cents.",
                code="amount_too_small",
            )
        if cents > 99_999_999:
            raise invalid(
                "line_items[0][price_data][unit_amount]",
                "The Checkout Session's total amount due must be no more than $999,999.99.",
                code="amount_too_large",
            )
        if "@" not in params.get("customer_email", "@"):
            raise invalid(
                "customer_email",
                f"Invalid email address: {params['customer_email']}",
                code="email_invalid",
            )
        expires_at = int(params.get("expires_at", self._state.now() + DAY))
        if not HALF_AN_HOUR <= expires_at - self._state.now() <= DAY:
            raise invalid(
                "expires_at",
                "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout "
                "Session creation.",
            )
        wanted = params.get("payment_intent_data", {})
        made = objects.session(params, cents=cents, expires_at=expires_at)
        session = self._state.add(account, "cs_test", made)
        session["url"] = f"{self._base()}/c/pay/{session['id']}"
        account.objects[session["id"] + "/wanted"] = {"object": "wanted", **wanted}
        return session

    def _endpoint(self, account: Account, params: dict[str, Any]) -> Thing:
        made = {
            "api_version": params.get("api_version"),
            "enabled_events": params["enabled_events"],
            "secret": f"whsec_{secrets.token_hex(16)}",
            "status": "enabled",
            "url": params["url"],
        }
        return self._state.add(account, "we", made)

    def _list(self, account: Account, path: str, params: dict[str, Any]) -> Thing:
        found = [one for one in account.of_kind(LISTED[path]) if _wanted(one, params)]
        found.reverse()  # the newest first
        limit = int(params.get("limit", 10))
        if not 1 <= limit <= 100:
            raise invalid("limit", f"Invalid integer: {limit}; must be between 1 and 100")
        if "starting_after" in params:
            ids = [one["id"] for one in found]
            if params["starting_after"] not in ids:
                raise missing(LISTED[path], params["starting_after"])
            found = found[ids.index(params["starting_after"]) + 1 :]
        page = {
            "object": "list",
            "url": path,
            "has_more": len(found) > limit,
            "data": found[:limit],
        }
        return _expanded(account, page, params.get("expand", []))


def _template(path: str) -> tuple[str, str]:
    """Return the path as Stripe describes it, and the id in it."""
    if path in LISTED or path == "/v1/balance":
        return path, ""
    for listed, kind in LISTED.items():
        found = re.fullmatch(re.escape(listed) + r"/(\w+)(/expire)?", path)
        if found:
            name = NAMES.get(listed, kind)
            return f"{listed}/{{{name}}}{found[2] or ''}", found[1]
    return path, ""


def _wanted(thing: Thing, params: dict[str, Any]) -> bool:
    created = params.get("created", {})
    bounds = {"gte": created, "lte": created} if isinstance(created, str) else created
    if not all(COMPARED[how](thing["created"], int(at)) for how, at in bounds.items()):
        return False
    if "types" in params and thing["type"] not in params["types"]:
        return False
    if "type" in params and thing["type"] != params["type"]:
        return False
    return all(thing.get(name) == params[name] for name in FILTERS if name in params)


def _expanded(account: Account, thing: Thing, paths: list[str]) -> Thing:
    """Return a copy in which the ids at these paths are whole objects."""
    answer = copy.deepcopy(thing)
    for path in paths:
        _expand(account, answer, path.split("."))
    return answer


def _expand(account: Account, thing: Any, path: list[str]) -> None:
    if isinstance(thing, list):
        for one in thing:
            _expand(account, one, path)
        return
    first, *rest = path
    if first not in thing:
        raise invalid("expand", f"This property cannot be expanded ({first}).")
    if isinstance(thing[first], str):
        thing[first] = copy.deepcopy(account.get(thing[first]))
    if rest and thing[first] is not None:
        _expand(account, thing[first], rest)
