from pathlib import Path

import pytest

from consortium.settings import Settings, UnsafeSettings, from_environment, is_loopback

pytestmark = pytest.mark.pure

SAFE = {
    "BASE_URL": "https://lmc.example.org/",
    "SECRET_KEY": "k" * 32,
    "SMTP_URL": "smtp://mail.example.org:587",
    "DATABASE_URL": "postgresql://app@db.example.org/consortium",
}


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "var"
    monkeypatch.setenv("CONSORTIUM_VAR", str(folder))
    return folder


def faults(demonstration: bool = False, **changes: str) -> list[str]:  # noqa: FBT002
    environ = {name: value for name, value in {**SAFE, **changes}.items() if value}
    with pytest.raises(UnsafeSettings) as refused:
        from_environment(environ, demonstration=demonstration)
    return refused.value.faults


def test_safe_settings_are_taken_as_they_are() -> None:
    assert from_environment(SAFE) == Settings(
        database_url="postgresql+psycopg://app@db.example.org/consortium",
        secret_key="k" * 32,
        base_url="https://lmc.example.org",
        smtp_url="smtp://mail.example.org:587",
        mail_from="Consortium <no-reply@lmc.example.org>",
    )
    assert from_environment(SAFE).secure
    assert from_environment(SAFE).host == "lmc.example.org"


def test_options_are_read() -> None:
    settings = from_environment(
        {
            **SAFE,
            "MAIL_FROM": "LMC <lmc@example.org>",
            "REDIS_URL": "redis://cache",
            "TRUSTED_PROXIES": "2",
        }
    )

    assert settings.mail_from == "LMC <lmc@example.org>"
    assert settings.redis_url == "redis://cache"
    assert settings.trusted_proxies == 2


def test_a_missing_base_url_is_refused() -> None:
    assert faults(BASE_URL="") == ["BASE_URL is missing: the address people type, https://…"]


def test_a_base_url_without_tls_is_refused() -> None:
    assert faults(BASE_URL="http://lmc.example.org") == [
        "BASE_URL must begin with https:// (sign-in cookies need it)."
    ]


def test_a_base_url_without_a_host_is_refused() -> None:
    assert faults(BASE_URL="https://[::1") == [
        "BASE_URL is https://[::1: no host can be read in it."
    ]


@pytest.mark.parametrize(
    "base_url",
    [
        "https://lmc.example.org/app",
        "https://lmc.example.org?x=1",
        "https://lmc.example.org#x",
        "https://user:word@lmc.example.org",
        "https://lmc.example.org:99999",
        "https://lmc.example.org:port",
        "https:// lmc.example.org",
        "https://lmc.example.org\nBcc: all",
    ],
)
def test_a_base_url_with_more_than_a_host_is_refused(base_url: str) -> None:
    assert faults(BASE_URL=base_url) == [
        f"BASE_URL is {base_url!r}: write the scheme and the host alone, like https://lmc.example.org."
    ]


@pytest.mark.parametrize("base_url", ["https://[2001:db8::1]:8443", "https://LMC.example.org"])
def test_a_base_url_of_a_host_alone_is_taken(base_url: str) -> None:
    assert from_environment({**SAFE, "BASE_URL": base_url}).base_url == base_url


def test_a_redis_url_of_another_kind_is_refused() -> None:
    assert faults(REDIS_URL="localhost") == [
        "REDIS_URL is localhost: it must look like redis://host:6379."
    ]


def test_a_missing_mail_server_is_refused() -> None:
    assert faults(SMTP_URL="") == [
        "SMTP_URL is missing: smtp://user:password@host:587 sends the mail."
    ]


def test_a_missing_secret_is_refused() -> None:
    (fault,) = faults(SECRET_KEY="")
    assert fault.startswith("SECRET_KEY is missing:")


def test_a_short_secret_is_refused() -> None:
    assert faults(SECRET_KEY="k" * 31) == ["SECRET_KEY is shorter than 32 characters."]


@pytest.mark.parametrize(
    "url",
    ["db.example.org", "mysql://app@db/consortium", "postgresql://app@db:port/x", "sqlite://"],
)
def test_a_database_that_cannot_be_named_is_refused(url: str) -> None:
    (fault,) = faults(DATABASE_URL=url)

    assert fault == (
        "DATABASE_URL cannot be read: write postgresql://user:password@host/name, or leave it out "
        "to keep the data in a file."
    )


@pytest.mark.parametrize("number", ["two", "-1", "1.5", "٢"])
def test_a_number_of_proxies_that_is_none_is_refused(number: str) -> None:
    assert faults(TRUSTED_PROXIES=number) == [
        f"TRUSTED_PROXIES is {number}: write how many proxies stand before this server, like 1."
    ]


def test_every_fault_is_named_at_once() -> None:
    assert len(faults(BASE_URL="", SMTP_URL="", SECRET_KEY="")) == 3


@pytest.mark.parametrize("url", ["https://lmc.example.org", "http://192.0.2.7:8000"])
def test_a_demonstration_with_a_public_address_is_refused(url: str) -> None:
    (fault,) = faults(demonstration=True, BASE_URL=url)

    assert fault.startswith(f"BASE_URL is {url}: demonstration mode lets anyone sign in as anyone")


def test_a_demonstration_needs_nothing_and_keeps_its_secret(var: Path) -> None:
    first = from_environment({}, demonstration=True, port=8123)
    second = from_environment({}, demonstration=True, port=8123)

    assert first == second
    assert first.base_url == "http://127.0.0.1:8123"
    assert first.database_url == f"sqlite:///{var / 'consortium.db'}"
    assert first.demonstration
    assert len(first.secret_key) == 64
    assert var.stat().st_mode & 0o777 == 0o700
    assert (var / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CONSORTIUM_VAR", str(tmp_path / "file" / "var"))

    (fault,) = faults(demonstration=True, DATABASE_URL="")

    assert fault.startswith(f"{tmp_path}/file/var is where the data would lie, but this account")


def test_a_secret_that_was_begun_and_not_finished_is_no_secret(var: Path) -> None:
    var.mkdir()
    (var / "secret-key-77").touch()

    assert len(from_environment({}, demonstration=True).secret_key) == 64


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1", True),
        ("http://127.9.9.9", True),
        ("http://[::1]:8000", True),
        ("//127.0.0.1", True),
        ("https://localhost.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("http://user@example.org:8000", False),
        ("http://127.0.0.1@example.org", False),
        ("", False),
    ],
)
def test_is_loopback_knows_this_machine(url: str, here: bool) -> None:
    assert is_loopback(url) is here


def test_cards_are_paid_at_stripe_unless_it_is_said_otherwise() -> None:
    plain = from_environment(SAFE)
    told = from_environment(
        {
            **SAFE,
            "STRIPE_API_BASE": "http://127.0.0.1:12111/",
            "CARD_PAGES_ORIGINS": "https://pay.example.org, http://127.0.0.1:12111",
        }
    )

    assert plain.stripe_api_base == "https://api.stripe.com"
    assert plain.card_pages_origins == ("https://checkout.stripe.com",)
    assert told.stripe_api_base == "http://127.0.0.1:12111"
    assert told.card_pages_origins == ("https://pay.example.org", "http://127.0.0.1:12111")


def test_a_demonstration_calls_nobody_by_itself() -> None:
    assert from_environment({}, demonstration=True).stripe_api_base == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    "base",
    ["http://api.stripe.com", "https://api.stripe.com/v1", "ftp://127.0.0.1", "api.stripe.com"],
)
def test_cards_go_by_tls_or_stay_on_this_machine(base: str) -> None:
    assert faults(STRIPE_API_BASE=base) == [
        (
            f"STRIPE_API_BASE is {base!r}: leave it out for Stripe itself. It must begin with "
            "https://, or with http:// on this machine."
        )
    ]
    assert faults(CARD_PAGES_ORIGINS=f"https://pay.example.org,{base}") == [
        (
            f"CARD_PAGES_ORIGINS has {base!r}: write origins like https://checkout.stripe.com, "
            "with commas between."
        )
    ]


def test_former_secrets_are_listed_with_commas() -> None:
    listed = from_environment({**SAFE, "SECRET_KEY_FALLBACKS": f"{'a' * 32}, {'b' * 40},"})

    assert listed.secret_key_fallbacks == ("a" * 32, "b" * 40)
    assert faults(SECRET_KEY_FALLBACKS=f"{'a' * 32},short") == [
        (
            "SECRET_KEY_FALLBACKS has a secret shorter than 32 characters: list former secrets "
            "with commas between."
        )
    ]
