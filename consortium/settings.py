"""What the surroundings decide: read once, checked at once, frozen."""

import os
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
LONG_ENOUGH = 32  # characters of SECRET_KEY
DRIVERS = frozenset({"sqlite", "postgresql+psycopg"})
STRIPE, STRIPE_PAGES = "https://api.stripe.com", "https://checkout.stripe.com"
MEGABYTE = 1024 * 1024
MOST_MEGABYTES = {"LARGEST_FILE_MB": 200, "FILES_PER_INSTITUTE_MB": 100_000}
"""A file is in memory while it is looked through, so it cannot be of any size."""
LONGEST_MAILBOX = 18  # of CALENDAR_REPLIES, before the @
NOBODY = "http://127.0.0.1:9"  # the port for discarding, where nobody listens


class UnsafeSettings(Exception):
    """The environment is missing something or says something unsafe; lists every fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the application takes from its environment."""

    database_url: str
    secret_key: str
    base_url: str
    smtp_url: str | None = None
    mail_from: str = "Consortium <no-reply@localhost>"
    redis_url: str | None = None
    files_folder: Path = ROOT / "var" / "files"
    """Where files lie that people hand in; several machines share one."""
    largest_file: int = 25 * MEGABYTE
    """Bytes of one document: slides, a recording of a talk, a team's plan."""
    files_of_institute: int = 1000 * MEGABYTE
    """Bytes of all documents that an institute hands out; what teams hand in has as much again."""
    demonstration: bool = False
    trusted_proxies: int = 0
    secret_key_fallbacks: tuple[str, ...] = ()
    """Former secrets: what was sealed with them can still be opened, and links lead on."""
    stripe_api_base: str = STRIPE
    card_pages_origins: tuple[str, ...] = (STRIPE_PAGES,)
    """Where payers are sent to pay; the only other sites that a form of ours may lead to."""
    calendar_replies: str = ""
    """The mailbox to which calendar programs send answers; empty where nobody reads them."""

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The present secret, then the former ones."""
        return (self.secret_key, *self.secret_key_fallbacks)

    @property
    def secure(self) -> bool:
        """Whether people reach us by TLS, so that cookies may insist on it."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The name people type, without the port."""
        return _host_of(self.base_url) or "localhost"


def var_folder() -> Path:
    """Return the folder for the embedded database; made on first use, closed to others.

    Raises ``UnsafeSettings`` when this account cannot write there.
    """
    folder = Path(os.environ.get("CONSORTIUM_VAR", ROOT / "var"))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        writable = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        fault = (
            f"{folder} is where the data would lie, but this account cannot write there. "
            "Let it, or set CONSORTIUM_VAR to another folder."
        )
        raise UnsafeSettings([fault])
    return folder


def from_environment(
    environ: Mapping[str, str] = os.environ, *, demonstration: bool = False, port: int = 8000
) -> Settings:
    """Read the settings; raise ``UnsafeSettings`` naming every missing or unsafe variable.

    In demonstration mode nothing needs to be set: the database is a file under ``var/``, the
    secret is made once and kept beside it, mail stays inside, and only this machine may call.
    """
    base_url = environ.get("BASE_URL", "").rstrip("/")
    secret_key = environ.get("SECRET_KEY", "")
    if demonstration:
        base_url = base_url or f"http://127.0.0.1:{port}"
        secret_key = secret_key or _kept_secret()
    proxies = environ.get("TRUSTED_PROXIES", "0")
    countable = proxies.isascii() and proxies.isdigit()
    settings = Settings(
        database_url=_with_driver(
            environ.get("DATABASE_URL") or f"sqlite:///{var_folder() / 'consortium.db'}"
        ),
        secret_key=secret_key,
        base_url=base_url,
        smtp_url=environ.get("SMTP_URL") or None,
        mail_from=environ.get("MAIL_FROM", f"Consortium <no-reply@{_host_of(base_url)}>"),
        redis_url=environ.get("REDIS_URL") or None,
        files_folder=Path(
            environ.get("FILES_FOLDER")
            or Path(environ.get("CONSORTIUM_VAR") or ROOT / "var") / "files"
        ),
        largest_file=_megabytes(environ.get("LARGEST_FILE_MB", "25")),
        files_of_institute=_megabytes(environ.get("FILES_PER_INSTITUTE_MB", "1000")),
        demonstration=demonstration,
        trusted_proxies=int(proxies) if countable else 0,
        secret_key_fallbacks=_several(environ.get("SECRET_KEY_FALLBACKS", "")),
        # The demonstration calls nobody by itself: its keys are made up.
        stripe_api_base=environ.get("STRIPE_API_BASE", "").rstrip("/")
        or (NOBODY if demonstration else STRIPE),
        card_pages_origins=_several(environ.get("CARD_PAGES_ORIGINS", "")) or (STRIPE_PAGES,),
        calendar_replies=environ.get("CALENDAR_REPLIES", "").strip(),
    )
    faults = [
        *_faults_of_the_address(settings),
        *_faults_of_the_rest(settings),
        *_faults_of_the_cards(settings),
        *_faults_of_sizes(environ),
    ]
    if not countable:
        faults.append(
            f"TRUSTED_PROXIES is {proxies}: write how many proxies stand before this server, "
            "like 1."
        )
    if faults:
        raise UnsafeSettings(faults)
    return settings


def _faults_of_the_address(settings: Settings) -> Iterator[str]:
    here = is_loopback(settings.base_url)
    if settings.demonstration and not here:
        yield (
            f"BASE_URL is {settings.base_url}: demonstration mode lets anyone sign in as anyone, "
            "so it runs on this machine only. Unset BASE_URL, or start without demonstration mode."
        )
    elif not settings.base_url:
        yield "BASE_URL is missing: the address people type, https://…"
    elif not settings.secure and not here:
        yield "BASE_URL must begin with https:// (sign-in cookies need it)."
    elif not _host_of(settings.base_url):
        yield f"BASE_URL is {settings.base_url}: no host can be read in it."
    elif not _is_an_origin(settings.base_url):
        yield (
            f"BASE_URL is {settings.base_url!r}: write the scheme and the host alone, like "
            "https://lmc.example.org."
        )


def _faults_of_the_rest(settings: Settings) -> Iterator[str]:
    if not _names_a_database(settings.database_url):
        yield (
            "DATABASE_URL cannot be read: write postgresql://user:password@host/name, or leave it "
            "out to keep the data in a file."
        )
    if settings.calendar_replies and not _takes_replies(settings.calendar_replies):
        yield (
            f"CALENDAR_REPLIES is {settings.calendar_replies!r}: write one plain address with a "
            f"name of at most {LONGEST_MAILBOX} letters, like rsvp@mail.example.org."
        )
    if not settings.demonstration and not settings.smtp_url:
        yield "SMTP_URL is missing: smtp://user:password@host:587 sends the mail."
    if settings.redis_url and not settings.redis_url.startswith(("redis://", "rediss://")):
        yield f"REDIS_URL is {settings.redis_url}: it must look like redis://host:6379."
    if not settings.secret_key:
        yield "SECRET_KEY is missing: python -c 'import secrets; print(secrets.token_hex(32))'"
    elif len(settings.secret_key) < LONG_ENOUGH:
        yield f"SECRET_KEY is shorter than {LONG_ENOUGH} characters."
    if any(len(former) < LONG_ENOUGH for former in settings.secret_key_fallbacks):
        yield (
            f"SECRET_KEY_FALLBACKS has a secret shorter than {LONG_ENOUGH} characters: list former "
            "secrets with commas between."
        )


def _faults_of_the_cards(settings: Settings) -> Iterator[str]:
    if not _is_a_safe_origin(settings.stripe_api_base):
        yield (
            f"STRIPE_API_BASE is {settings.stripe_api_base!r}: leave it out for Stripe itself. "
            "It must begin with https://, or with http:// on this machine."
        )
    for origin in settings.card_pages_origins:
        if not _is_a_safe_origin(origin):
            yield (
                f"CARD_PAGES_ORIGINS has {origin!r}: write origins like {STRIPE_PAGES}, with "
                "commas between."
            )


def _faults_of_sizes(environ: Mapping[str, str]) -> Iterator[str]:
    for name, most in MOST_MEGABYTES.items():
        said = environ.get(name)
        if said is not None and not 1 <= _megabytes(said) // MEGABYTE <= most:
            yield f"{name} is {said}: write a number of megabytes from 1 to {most:,}, like 25."


def _megabytes(said: str) -> int:
    """Return the bytes of so many megabytes; 0 for what is no number."""
    readable = said.isascii() and said.isdigit() and len(said) <= 9  # noqa: PLR2004
    return int(said) * MEGABYTE if readable else 0


def _takes_replies(address: str) -> bool:
    """Tell whether each person's code fits behind the mailbox's name (64 letters, RFC 5321)."""
    name, _, host = address.partition("@")
    plain = re.fullmatch(r"[A-Za-z0-9._\-]+", name) and re.fullmatch(r"[A-Za-z0-9.\-]+", host)
    return bool(plain) and len(name) <= LONGEST_MAILBOX


def _with_driver(database_url: str) -> str:
    if database_url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + database_url.split("://", 1)[1]
    return database_url


def _names_a_database(database_url: str) -> bool:
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):  # a port that is no number
        return False
    return url.drivername in DRIVERS and bool(url.database)


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # brackets that never close
        return ""


def _is_an_origin(url: str) -> bool:
    """Tell whether the URL is a scheme and a host, perhaps with a port: paths are put after it."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:  # no number, or beyond the last one
        return False
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    if any(character.isspace() for character in url):
        return False
    return url.lower() == f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _is_a_safe_origin(url: str) -> bool:
    safe = url.startswith("https://") or (url.startswith("http://") and is_loopback(url))
    return safe and _is_an_origin(url)


def _several(listed: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in listed.split(",") if one.strip())


def is_loopback(url: str) -> bool:
    """Tell whether the URL's host is this machine itself."""
    host = _host_of(url)
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _kept_secret() -> str:
    """Return the demonstration's secret, made once, so that a restart keeps people signed in."""
    path = var_folder() / "secret-key"
    if not path.exists():
        # Whole or not there: whoever interrupts this, or starts at the same time, finds a secret.
        unfinished = path.with_name(f"secret-key-{os.getpid()}")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_hex(32))
        unfinished.replace(path)
    return path.read_text().strip()
