"""The headers that keep an answer to itself stand on every answer, errors and files included."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import Client

from consortium import server
from consortium.database import Base, db
from consortium.pages import CONTENT_SECURITY_POLICY
from consortium.people.models import Person
from consortium.settings import Settings
from tests.browser import Browser

EVERYWHERE = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": "max-age=31536000",
}


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give the application as it serves in production, static files included."""
    folder = tmp_path_factory.mktemp("production")
    app = server.build_app(
        Settings(
            database_url=f"sqlite:///{folder / 'served.db'}",
            secret_key="x" * 40,
            base_url="https://lmc.example.org",
            smtp_url="smtp://mail.example.org",
        )
    )
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.real_commits
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/livez", 200),
        ("GET", "/static/theme.css", 200),
        ("GET", "/static/page.js", 200),
        ("GET", "/bootstrap/static/css/bootstrap.min.css", 200),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/nowhere/", 404),
        ("GET", "/readyz", 503),
        ("PUT", "/", 405),
        ("POST", "/sign-in", 400),  # no token of a form
        ("GET", "/second-factor", 302),
        ("GET", "/help/", 404),
    ],
)
def test_every_answer_is_kept_to_itself(
    production: Flask, method: str, path: str, status: int
) -> None:
    answer = Client(production).open(path, method=method, base_url="https://lmc.example.org")
    answer.close()  # a static file stays open until it is sent

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "Server" not in answer.headers


@pytest.mark.real_commits
def test_the_headers_stand_under_a_host_that_is_not_ours_too(production: Flask) -> None:
    answer = Client(production).get("/", base_url="https://evil.example")

    assert answer.status_code == 400
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


@pytest.mark.real_commits
def test_cookies_are_for_this_site_alone(production: Flask) -> None:
    answer = Client(production).get("/sign-in", base_url="https://lmc.example.org")

    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-session=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {
        "Secure",
        "HttpOnly",
        "Path=/",
        "SameSite=Lax",
    }


def test_without_tls_no_browser_is_told_to_insist_on_it(client: Browser) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_what_a_signed_in_person_sees_is_kept_nowhere(client: Browser, coordinator: Person) -> None:
    client.sign_in(coordinator.email)

    for path in ("/lakeshore/", "/lakeshore/settings", "/lakeshore/nothing", "/help"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in Browser(client.application).get("/help").headers
