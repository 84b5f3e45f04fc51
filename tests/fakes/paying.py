"""Asking the fake Stripe as our gateway would, for tests of the fake itself."""

from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from consortium.adapters.stripe_gateway import StripeGateway
from tests.fakes.stripe import KEYS, wanted
from tests.fakes.stripe_server import FakeStripe


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def page(gateway: StripeGateway, reference: str = "checkout-1", **values: object) -> str:
    """Open a payment page and return its id."""
    asked = wanted(reference=reference, **values)
    return gateway.begin_checkout(KEYS, asked, idempotency_key=reference).id


def kinds(fake: FakeStripe) -> list[str]:
    """Return the types of all events since the last look, oldest first."""
    found = [event["type"] for event in fake.events]
    fake.state.happened.clear()
    return found


def browse(url: str, **form: str) -> tuple[int, str, str]:
    """Open an address as a browser would: the status, where to go next, and the page."""
    body = urlencode(form).encode() if form else None
    opener = build_opener(ProxyHandler({}), _NoRedirect())
    try:
        with opener.open(Request(url, data=body), timeout=10) as answer:
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
    except HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get("Location", ""), answer.read().decode()
