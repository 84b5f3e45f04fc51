"""The fake refuses what Stripe would refuse to read."""

from typing import Any

import pytest

from consortium.adapters.stripe_gateway import StripeGateway
from tests.fakes.stripe_parts import checking
from tests.fakes.stripe_parts.errors import StripeFault
from tests.fakes.stripe_parts.forms import parsed
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.pure

LINE = {"price_data": {"currency": "usd", "unit_amount": "100", "product_data": {"name": "x"}}}
SESSIONS = ("POST", "/v1/checkout/sessions")
REFUNDS = ("POST", "/v1/refunds")
EVENTS = ("GET", "/v1/events")


def fault_of(operation: tuple[str, str], params: dict[str, Any]) -> tuple[str, str] | None:
    """Return the code and the parameter that Stripe would complain of; nothing where unchecked."""
    method, path = operation
    try:
        checking.check(method, path, path, params)
    except StripeFault as fault:
        return fault.error["code"], fault.error["param"]
    return None


WRONG = [
    (SESSIONS, {"payment_method_types": ["card"]}, "parameter_unknown", "payment_method_types"),
    (SESSIONS, {"amount": "100"}, "parameter_unknown", "amount"),
    (SESSIONS, {"mode": "gift"}, "parameter_invalid", "mode"),
    (SESSIONS, {"expires_at": "tomorrow"}, "parameter_invalid_integer", "expires_at"),
    (SESSIONS, {"line_items": LINE}, "parameter_invalid", "line_items"),
    (
        SESSIONS,
        {"line_items": [{"price_data": {"unit_amount": "100"}}]},
        "parameter_missing",
        "line_items[0][price_data][currency]",
    ),
    (
        SESSIONS,
        {"line_items": [{**LINE, "price": {"id": "x"}}]},
        "parameter_invalid",
        "line_items[0][price]",
    ),
    (
        SESSIONS,
        {"adaptive_pricing": {"enabled": "no"}},
        "parameter_invalid",
        "adaptive_pricing[enabled]",
    ),
    (
        SESSIONS,
        {"allowed_payment_method_types": ["cheque"]},
        "parameter_invalid",
        "allowed_payment_method_types[0]",
    ),
    (SESSIONS, {"metadata": "x"}, "parameter_invalid", "metadata"),
    (REFUNDS, {"amount": "1.5"}, "parameter_invalid_integer", "amount"),
    (REFUNDS, {"reason": "we felt like it"}, "parameter_invalid", "reason"),
    (REFUNDS, {"note": "x"}, "parameter_unknown", "note"),
    (EVENTS, {"limit": "ten"}, "parameter_invalid_integer", "limit"),
    (EVENTS, {"created": {"after": "1"}}, "parameter_unknown", "created[after]"),
    (EVENTS, {"types": "refund.created"}, "parameter_invalid", "types"),
    (EVENTS, {"delivery_success": "perhaps"}, "parameter_invalid", "delivery_success"),
]


@pytest.mark.parametrize(("operation", "params", "code", "param"), WRONG)
def test_wrong_parameters_are_named(
    operation: tuple[str, str], params: dict[str, Any], code: str, param: str
) -> None:
    expected = (code, param) if checking.available() else None

    assert fault_of(operation, params) == expected


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        (SESSIONS, {"mode": "payment", "line_items": [LINE], "metadata": {"any": "thing"}}),
        (SESSIONS, {"payment_intent_data": {"description": "x", "metadata": {"a": "b"}}}),
        (SESSIONS, {"submit_type": "auto", "locale": "es-419"}),
        (REFUNDS, {"payment_intent": "pi_1", "amount": "100", "metadata": ""}),
        (EVENTS, {"limit": "100", "created": {"gte": "1"}, "types": ["refund.created"]}),
        (EVENTS, {"created": "1"}),
    ],
)
def test_good_parameters_pass(operation: tuple[str, str], params: dict[str, Any]) -> None:
    assert fault_of(operation, params) is None


def test_paths_that_stripe_does_not_have_are_refused(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    status, answer, _ = fake_stripe.call("GET", "/v1/invoicez", "", key="sk_test_1", headers={})

    assert status == 404
    assert answer["error"]["message"] == "Unrecognized request URL (GET: /v1/invoicez)."


def test_without_stripes_descriptions_nothing_is_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(checking, "DATA", tmp_path)

    assert not checking.available()
    assert fault_of(SESSIONS, {"amount": "100"}) is None


def test_nested_values_are_read_as_stripe_writes_them() -> None:
    assert parsed("a=1&b[c]=2&d[0][e]=3&d[1][e]=4&f[]=5&g[h][i]=") == {
        "a": "1",
        "b": {"c": "2"},
        "d": [{"e": "3"}, {"e": "4"}],
        "f": ["5"],
        "g": {"h": {"i": ""}},
    }
    assert parsed("") == {}
    with pytest.raises(StripeFault):
        parsed("a[b=1")
