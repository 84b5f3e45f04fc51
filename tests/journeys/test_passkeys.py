"""A passkey is made, signs in, and is refused wherever it must be, in a real browser."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.site import Site, sign_in

EMAIL = "ada@district.example.org"
ELSEWHERE = "http://localhost:4321"
# Uses a passkey for the challenge and the site it is told, and returns what the page would send.
PROVE = """async ([challenge, rpId]) => {
  const bytes = (s) => Uint8Array.from(
    atob(s.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const publicKey = { challenge: bytes(challenge), rpId, userVerification: "required" };
  const found = await navigator.credentials.get({ publicKey });
  return found.toJSON();
}"""

# Asks the site what the page's own script would ask.
QUESTION = """async () => {
  const form = document.querySelector("form[data-passkey]");
  const headers = { "X-CSRFToken": form.elements.csrf_token.value };
  const answer = await fetch(form.dataset.passkey, { method: "POST", headers });
  return answer.json();
}"""


@pytest.fixture
def host() -> str:
    return "localhost"


@pytest.fixture
def ready(site: Site) -> Site:
    site.set_clock("2026-03-02T12:00:00+00:00")
    return site


def with_authenticator(page: Page, *, verifies: bool = True) -> None:
    """Give the browser a device of its own that holds passkeys, as a phone would."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": verifies, "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def make_first_passkey(page: Page, site: Site) -> None:
    sign_in(page, site, EMAIL)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in faster next time?")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_text("The passkey was added.")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()


def test_a_passkey_is_made_named_used_and_removed(
    ready: Site, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    with_authenticator(page)
    make_first_passkey(page, ready)
    assert page.url == f"{ready.url}/"

    sign_out(page)
    page.goto("/sign-in?next=/account")
    press(page, "Sign in with a passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    expect(page.get_by_role("main")).to_contain_text(f"You sign in as {EMAIL}.")

    press(page, "Add a passkey")
    expect(page.get_by_text("This device has a passkey for your account already.")).to_be_visible()

    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name").fill("My phone")
    press(page, "Save the name")
    page.get_by_role("link", name="Remove").click()
    press(page, "Remove the passkey")
    expect(page.get_by_text("You have no passkey yet.")).to_be_visible()
    assert [letter.subject for letter in ready.letters_to(EMAIL)] == [
        "Sign in to Consortium",
        "A passkey was added to your account",
        "A passkey was removed from your account",
    ]

    sign_out(page)
    page.goto("/sign-in")
    press(page, "Sign in with a passkey")
    expect(page.get_by_text("This passkey did not sign you in.").first).to_be_visible()


def test_the_offer_can_be_declined_and_comes_once(
    ready: Site, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    with_authenticator(page)
    page.goto("/sign-in?next=/help")
    sign_in(page, ready, EMAIL)
    page.get_by_role("link", name="Not now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help")

    sign_out(page)
    page.goto("/sign-in?next=/help")
    sign_in(page, ready, EMAIL)
    expect(page.get_by_role("heading", level=1)).to_have_text("Help")


def test_a_second_passkey_is_named_at_once(ready: Site, new_page: Callable[..., Page]) -> None:
    page = new_page()
    sign_in(page, ready, EMAIL)
    page.get_by_role("link", name="Not now").click()
    page.get_by_role("link", name="Your account").click()
    with_authenticator(page)
    press(page, "Add a passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Name this passkey")
    page.get_by_label("Name").fill("Work laptop")
    press(page, "Save the name")

    expect(page.get_by_role("heading", name="Work laptop")).to_be_visible()


def test_an_answer_sent_twice_is_refused(ready: Site, new_page: Callable[..., Page]) -> None:
    page = new_page()
    with_authenticator(page)
    make_first_passkey(page, ready)
    sign_out(page)
    page.goto("/sign-in")
    with page.expect_request(lambda sent: sent.url.endswith("/sign-in/passkey")) as caught:
        press(page, "Sign in with a passkey")
    said = caught.value.post_data_json["credential"]
    sign_out(page)
    page.goto("/sign-in")

    send(page, said)

    expect(page.get_by_text("This passkey did not sign you in.").first).to_be_visible()


@pytest.mark.parametrize(("origin", "who"), [(ELSEWHERE, []), ("", [EMAIL])])
def test_an_answer_given_to_another_origin_is_refused(
    ready: Site, chromium: Browser, origin: str, who: list[str]
) -> None:
    """The same host on another port is another origin, though the passkey itself would sign.

    The same answer given on our own pages signs in.
    """
    page = chromium.new_context(base_url=ready.url).new_page()
    with_authenticator(page)
    make_first_passkey(page, ready)
    sign_out(page)
    page.goto("/sign-in")
    options = page.evaluate(QUESTION)
    page.route(f"{ELSEWHERE}/", lambda route: route.fulfill(body="<h1>Not ours</h1>"))
    page.goto(f"{origin}/")
    said = page.evaluate(PROVE, [options["challenge"], options["rpId"]])
    page.goto("/sign-in")

    send(page, json.dumps(said))

    page.wait_for_url(lambda url: not url.endswith("/sign-in"))
    addresses = [link.inner_text() for link in page.locator(".site-header__address").all()]
    assert [said.split()[-1] for said in addresses] == who
    page.context.close()


def test_a_device_that_does_not_check_its_holder_makes_no_passkey(
    ready: Site, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    with_authenticator(page, verifies=False)
    sign_in(page, ready, EMAIL)
    press(page, "Make a passkey")

    expect(page.get_by_text("Nothing was done.")).to_be_visible()


def test_without_scripts_the_mail_signs_in_and_the_account_says_what_passkeys_need(
    ready: Site, new_page: Callable[..., Page]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/sign-in?next=/account")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
    sign_in(page, ready, EMAIL)

    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_have_count(0)


def send(page: Page, said: str) -> None:
    """Send an answer through the page's own form."""
    page.evaluate(
        """(said) => {
          const form = document.querySelector("form[data-passkey]");
          form.elements.credential.value = said;
          form.requestSubmit();
        }""",
        said,
    )
