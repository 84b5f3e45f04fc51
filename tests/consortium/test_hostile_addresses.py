"""Addresses, hosts, methods and headers that nobody of good will sends: a plain answer to each."""

import pytest

from consortium.people.models import Person
from tests.browser import Browser
from tests.factories import make_institute, make_tenant


@pytest.fixture
def staff(client: Browser, coordinator: Person) -> Browser:
    """Return the coordinator's browser."""
    client.sign_in(coordinator.email)
    return client


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "localhost:99999999",
        "user@localhost",
        "local host",
        "localhost,evil.example",
        "localhost/evil.example",
        "[::1]",
        "[::1",
        "",
        "xn--lcalhost-54a",
        "1" * 3000,
    ],
)
@pytest.mark.parametrize("path", ["/", "/lakeshore/", "/nothing/at/all", "/static/theme.css"])
@pytest.mark.usefixtures("tenant")
def test_a_host_that_is_not_ours_gets_a_plain_400(client: Browser, host: str, path: str) -> None:
    answer = client.get(path, headers={"Host": host})

    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert answer.text == "This site does not answer under that name. Check the address.\n"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Prefix", "/evil"),
        ("Forwarded", "host=evil.example;proto=https"),
        ("X-Original-URL", "/lakeshore/settings"),
        ("X-Rewrite-URL", "/lakeshore/settings"),
        ("X-HTTP-Method-Override", "DELETE"),
    ],
)
@pytest.mark.usefixtures("tenant")
def test_headers_that_only_a_proxy_may_send_change_nothing(
    client: Browser, name: str, value: str
) -> None:
    plain = client.get("/lakeshore/mine")
    answer = client.get("/lakeshore/mine", headers={name: value})

    assert (answer.status_code, answer.location) == (302, plain.location)
    assert answer.location == "/sign-in?next=/lakeshore/mine"
    assert client.get("/help", headers={name: value}).text == client.get("/help").text


@pytest.mark.parametrize(
    "path",
    [
        "/%00/",
        "/lakeshore%00/",
        "/lakeshore/institutes/%00",
        "/lakeshore/institutes/summer%00",
        "/lakeshore/institutes/summer%0d%0aSet-Cookie:%20a=b",
        "/lakeshore/institutes/summer%1b[2J",
        "/lakeshore/institutes/%ed%a0%80",
        "/lakeshore/institutes/%ff%fe",
        "/lakeshore/institutes/" + "a" * 20_000,
        "/lakeshore/institutes/summer/sessions/%00.ics",
        "/lakeshore/manage/institutes/%00/board",
        "/lakeshore/manage/institutes/summer/roles/%00",
        "/lakeshore/invitations/%00",
        "/lakeshore/calendar/%00.ics",
        "/leas/%00%00%00%00%00%00%00",
        "/leas/3400001%00",
        "/static/%00",
        "/static/..%2f..%2fapp.py",
        "/static/../app.py",
        "/lakeshore/teams/not-a-uuid",
        "/lakeshore/teams/00000000-0000-0000-0000-00000000000g",
        "/lakeshore/teams/{00000000-0000-0000-0000-000000000000}",
        "/lakeshore/teams/00000000-0000-0000-0000-000000000000%0a",
        "/atlantis/",
        "/atlantis/institutes/summer",
        "/LAKESHORE/",
        "/lakeshore/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_an_address_that_cannot_be_is_not_found(staff: Browser, path: str) -> None:
    make_institute()

    answer = staff.get(path)

    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text


@pytest.mark.parametrize("path", ["//evil.example/%2e%2e", "/%5cevil.example", "/%09/evil.example"])
def test_a_tidied_address_stays_on_this_site(client: Browser, path: str) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": path, "REQUEST_URI": path})

    assert answer.status_code in {308, 404}
    assert answer.location is None or answer.location.startswith("http://localhost/")


@pytest.mark.parametrize(
    "query",
    ["?" + "a=b&" * 20_000, "?" + "a" * 200_000, "?v=%00&v=%ff&=&&%", "?next=%zz&next=//evil"],
)
@pytest.mark.usefixtures("tenant")
def test_a_query_that_makes_no_sense_is_left_alone(client: Browser, query: str) -> None:
    assert client.get("/lakeshore/" + query).status_code == 200
    assert client.get("/sign-in" + query).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO"])
def test_a_method_that_nothing_takes_is_told_which_are_taken(staff: Browser, method: str) -> None:
    answer = staff.open("/lakeshore/settings", method=method)

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert "<h1>This did not work</h1>" in answer.text


def test_asking_without_wanting_the_page_is_judged_like_asking(client: Browser) -> None:
    make_tenant()

    for method in ("GET", "HEAD", "OPTIONS"):
        answer = client.open("/lakeshore/settings", method=method)
        assert (answer.status_code, answer.location) == (
            302,
            "/sign-in?next=/lakeshore/settings",
        )
