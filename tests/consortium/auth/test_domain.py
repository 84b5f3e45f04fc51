"""Codes, masks, safe paths and one-time passwords, as plain values."""

from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.auth import domain
from consortium.auth.domain.passkeys import Site, first_name, site_of

pytestmark = pytest.mark.pure

OURS = "https://consortium.example.org/sign-in"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/lakeshore/",
        "/lakeshore/institutes/summer",
        "/lakeshore/teams/4f1c?tab=seats&who=a@b.org#seat-2",
        "/lakeshore/find?q=Pe%C3%B1asco&next=https://elsewhere.example",
        "/%2f%2fevil.example",
        "/a.b/c..d/...",
    ],
)
def test_own_path_is_kept(path: str) -> None:
    assert domain.safe_next(path) == path


@pytest.mark.parametrize(
    "trick",
    [
        "",
        "evil.example",
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\\/evil.example",
        "/path\\..\\evil",
        "/\t/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/ /evil.example",
        "/\n/evil.example",
        "/\r\nLocation: https://evil.example",
        "/\x00/evil.example",
        "/\x7f",
        "/a b",
        "/../evil",
        "/..//evil.example",
        "/.//evil.example",
        "/a/../../evil",
        "/a//evil.example",
        "https://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "http:///evil.example",
        "HTTPS://consortium.example.org/",
        "//consortium.example.org@evil.example/",
        "consortium.example.org@evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@b.org",
        "?next=/",
        "#here",
        "//[::1",
        "/／evil.example",  # full-width slash
        "/\u2028evil",
        "/\u202e",
        "/" + "a" * 2000,
    ],
)
def test_trick_leads_nowhere(trick: str) -> None:
    assert domain.safe_next(trick) == ""


@given(st.text(st.sampled_from("/\\:@.?#[]%\t\n\r evilhttps1\u3002\uff0f"), max_size=30))
def test_whatever_passes_stays_on_this_site(text: str) -> None:
    path = domain.safe_next(text)

    assert path in {"", text}
    if path:
        assert urlsplit(urljoin(OURS, path))[:2] == urlsplit(OURS)[:2]


@pytest.mark.parametrize(
    "typed",
    [
        "12345678",
        " 1234 5678 ",
        "1234-5678",
        "12 34\u00a056\u200978",
        "1234\u20135678",
        "1234\u20115678",
    ],
)
def test_code_is_read_without_spaces_and_dashes(typed: str) -> None:
    assert domain.bare(typed) == "12345678"


def test_code_of_other_digits_is_another_code() -> None:
    assert domain.bare("١٢٣٤٥٦٧٨") != "12345678"


def test_code_is_shown_in_groups() -> None:
    assert domain.grouped("12345678") == "1234 5678"


def test_codes_are_eight_digits() -> None:
    codes = {domain.new_code() for _ in range(100)}

    assert len(codes) == 100
    assert all(len(code) == 8 and code.isascii() and code.isdigit() for code in codes)


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("ada@district.org", "a•••@d•••.org"),
        ("x@y.k12.nj.us", "x•••@y•••.us"),
        ("o'brien@exämple.org", "o•••@e•••.org"),
    ],
)
def test_address_is_masked(email: str, shown: str) -> None:
    assert domain.masked(email) == shown


TOTP = pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
AT = datetime(2026, 3, 2, 12, 0, 10, tzinfo=UTC)
STEP = int(AT.timestamp()) // 30


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_one_time_password_counts_within_a_step(late: int) -> None:
    code = TOTP.generate_otp(STEP + late)

    assert domain.accepted_step(TOTP.generate_otp, code, at=AT, after=0) == STEP + late


@pytest.mark.parametrize("late", [-2, 2])
def test_one_time_password_beyond_a_step_does_not_count(late: int) -> None:
    code = TOTP.generate_otp(STEP + late)

    assert domain.accepted_step(TOTP.generate_otp, code, at=AT, after=0) is None


def test_one_time_password_counts_once() -> None:
    code = TOTP.generate_otp(STEP)

    assert domain.accepted_step(TOTP.generate_otp, code, at=AT, after=STEP) is None


def test_one_time_password_in_other_digits_is_refused() -> None:
    assert domain.accepted_step(TOTP.generate_otp, "١٢٣٤٥٦", at=AT, after=0) is None


@pytest.mark.parametrize(
    ("base_url", "host", "origin"),
    [
        ("https://lmc.example.org", "lmc.example.org", "https://lmc.example.org"),
        ("https://LMC.Example.org:443", "lmc.example.org", "https://lmc.example.org"),
        ("https://lmc.example.org:8443/x", "lmc.example.org", "https://lmc.example.org:8443"),
        ("https://bündnis.example.org", "xn--bndnis-3ya.example.org", "https://xn--bndnis-3ya.example.org"),
        ("http://localhost:8000", "localhost", "http://localhost:8000"),
        ("http://localhost:80", "localhost", "http://localhost"),
    ],
)  # fmt: skip
def test_passkeys_belong_to_the_site_of_the_base_url(base_url: str, host: str, origin: str) -> None:
    assert site_of(base_url) == Site(host=host, origin=origin)


@pytest.mark.parametrize(
    "base_url",
    [
        "http://127.0.0.1:8000",
        "https://127.0.0.1",
        "https://[::1]:8000",
        "http://lmc.example.org",
        "",
    ],
)
def test_browsers_make_no_passkeys_for_numbers_and_without_tls(base_url: str) -> None:
    assert site_of(base_url) is None


def test_first_name_is_one_that_is_free() -> None:
    assert first_name([]) == "Passkey 1"
    assert first_name(["Passkey 1", "Phone", "Passkey 3"]) == "Passkey 2"
