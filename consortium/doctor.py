"""Look at how this installation is set up, and say what is unsafe."""

import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection, and_, create_engine, func, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from consortium import clock, migrate
from consortium.audit.models import AuditEntry
from consortium.auth.domain.passkeys import site_of
from consortium.database import sqlite_journal_mode
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import LOST
from consortium.settings import LONG_ENOUGH, Settings, is_loopback
from consortium.verify.service import SUBJECT as VERIFIED

MAIL_IS_LATE = timedelta(minutes=15)
LOOK_BACK = timedelta(days=30)
SCRIPTS = {
    "\u6f22\u5b57": "Chinese",
    "\u3072\u3089\u304c\u306a": "Japanese",
    "\ud55c\uae00": "Korean",
    "\u0e44\u0e17\u0e22": "Thai",
    "\u1781\u17d2\u1798\u17c2\u179a": "Khmer",
    "\u1024\u1019\u103c": "Burmese",
    "\u12a0\u121b\u122d\u129b": "Amharic",
    "\u0939\u093f\u0928\u094d\u0926\u0940": "Hindi",
    "\u09ac\u09be\u0982\u09b2\u09be": "Bengali",
    "\u0a2a\u0a70\u0a1c\u0a3e\u0a2c\u0a40": "Punjabi",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629": "Arabic",
}
"""A word in each of the scripts in which people in US schools write their names."""
GROUP_OR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Verdict(Enum):
    """How a finding is to be taken."""

    GOOD = "ok"
    LOOK = "look"
    """Worth knowing; not unsafe."""
    UNSAFE = "UNSAFE"


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    verdict: Verdict
    words: str


def good(words: str) -> Finding:
    """Say that something is as it should be."""
    return Finding(Verdict.GOOD, words)


def look(words: str) -> Finding:
    """Say that something deserves a look."""
    return Finding(Verdict.LOOK, words)


def unsafe(words: str) -> Finding:
    """Say that something must be mended before people rely on it."""
    return Finding(Verdict.UNSAFE, words)


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, one finding after the other."""
    yield from _addresses(settings)
    yield from _secrets(settings)
    yield from _mail(settings)
    yield from _replies(settings)
    yield from _queue(settings)
    yield _fonts()
    yield from _database(settings)


def _addresses(settings: Settings) -> Iterator[Finding]:
    if settings.demonstration:
        yield look("Demonstration mode: anyone on this machine may be anyone. For trying only.")
    if settings.secure:
        yield good(f"Base URL {settings.base_url}: sign-in cookies travel by TLS only.")
    elif is_loopback(settings.base_url):
        yield look(f"Base URL {settings.base_url}: people on other machines cannot sign in.")
    else:
        yield unsafe(f"Base URL {settings.base_url} is not https: cookies can be read on the way.")
    site = site_of(settings.base_url)
    if site is None:
        yield look(f"Base URL {settings.base_url}: browsers make passkeys for names by https only.")
    else:
        yield good(f"Passkeys belong to {site.host}: under another name people make new ones.")
    if settings.secure and not settings.trusted_proxies:
        yield look(
            "TRUSTED_PROXIES is 0: behind a proxy, set the number of proxies, or all visitors "
            "look like one address to the rate limits."
        )


def _secrets(settings: Settings) -> Iterator[Finding]:
    key = settings.secret_key
    if len(key) < LONG_ENOUGH:
        yield unsafe(f"SECRET_KEY has {len(key)} characters; it needs {LONG_ENOUGH}.")
    elif len(set(key)) < LONG_ENOUGH // 4:
        yield unsafe("SECRET_KEY repeats a few characters: make one with secrets.token_hex(32).")
    else:
        yield good(f"SECRET_KEY has {len(key)} characters.")


def _mail(settings: Settings) -> Iterator[Finding]:
    if settings.demonstration:
        yield good("Mail stays on this machine; /demo/mail shows it.")
    elif settings.smtp_url is None:
        yield unsafe("SMTP_URL is missing: nobody can sign in without mail.")
    else:
        server = urlsplit(settings.smtp_url)
        yield good(f"Mail goes by {server.scheme} to {server.hostname}, from {settings.mail_from}.")


def _replies(settings: Settings) -> Iterator[Finding]:
    if settings.calendar_replies:
        yield good(f"Calendar programs send answers to {settings.calendar_replies}.")
    elif not settings.demonstration:
        yield look(
            "CALENDAR_REPLIES is not set: what people answer in their calendars goes to the "
            "consortium's reply address and is counted nowhere."
        )


def _queue(settings: Settings) -> Iterator[Finding]:
    if settings.redis_url is None:
        return
    # Slow to load, and seldom asked for.
    from consortium.adapters.redis_answer import redis_answers  # noqa: PLC0415

    found = redis_answers(settings.redis_url)
    if found == "ok":
        yield good("Redis answers.")
    else:
        yield unsafe(f"Redis does not answer, so no mail goes out: {found}")


def _fonts() -> Finding:
    # Slow to load, and seldom asked for.
    from consortium.adapters.typst_printer import TypstPrinter  # noqa: PLC0415

    lost = TypstPrinter().unprintable(SCRIPTS)
    if not lost:
        return good(f"Badges and certificates print names in {', '.join(SCRIPTS.values())}.")
    scripts = ", ".join(name for letters, name in SCRIPTS.items() if letters in lost)
    return look(
        f"No font here prints names in {scripts}: badges and certificates leave a line for them. "
        "Debian: apt-get install fonts-noto-core fonts-noto-cjk"
    )


def _mail_under_way(connection: Connection) -> Iterator[Finding]:
    now = clock.now()
    waiting = connection.scalar(
        select(func.count()).where(
            OutboxEmail.settled_at.is_(None), OutboxEmail.due_at < now - MAIL_IS_LATE
        )
    )
    failed = and_(OutboxEmail.outcome.in_(LOST), OutboxEmail.settled_at > now - LOOK_BACK)
    lost = connection.scalar(select(func.count()).where(failed))
    if waiting:
        why = connection.scalar(
            select(OutboxEmail.last_error)
            .where(OutboxEmail.settled_at.is_(None), OutboxEmail.last_error != "")
            .order_by(OutboxEmail.due_at)
            .limit(1)
        )
        reason = why or "nobody has tried; is the worker running?"
        yield look(f"Mails that wait for more than 15 minutes: {waiting:,}. {reason}")
    if lost:
        why = connection.scalar(
            select(OutboxEmail.last_error)
            .where(failed)
            .order_by(OutboxEmail.settled_at.desc())
            .limit(1)
        )
        yield look(f"Mails that could not be delivered in 30 days: {lost:,}. The last one: {why}")
    if not waiting and not lost:
        yield good("No mail is late, and none was lost in 30 days.")


def _verified(connection: Connection) -> Finding:
    last = connection.execute(
        select(AuditEntry.at, AuditEntry.after)
        .where(AuditEntry.subject == VERIFIED)
        .order_by(AuditEntry.at.desc())
        .limit(1)
    ).first()
    if last is None:
        return look("Nobody has looked through the database yet. Run: consortium verify")
    night, violated = f"{last.at:%d %B %Y}", last.after["violations"]
    if violated:
        found = ", ".join(f"{code}: {n:,}" for code, n in violated.items())
        return unsafe(f"The look of {night} found what must never be ({found}): consortium verify")
    return good(f"The look of {night} through the database found nothing that must not be.")


def _database(settings: Settings) -> Iterator[Finding]:
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        yield look(f"No database yet at {url.database}. Run: consortium migrate")
        return
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                yield from _sqlite(connection, Path(url.database or ""))
            else:
                yield from _postgresql(connection, url.host)
            schema = _schema(connection)
            yield schema
            if schema.verdict is Verdict.GOOD:
                yield from _mail_under_way(connection)
                yield _verified(connection)
    except SQLAlchemyError as error:
        yield unsafe(f"The database cannot be opened: {str(error.args[0]).splitlines()[0]}")
    finally:
        engine.dispose()


def _sqlite(connection: Connection, path: Path) -> Iterator[Finding]:
    version, mode = sqlite3.sqlite_version, sqlite_journal_mode()
    found = str(connection.scalar(text("PRAGMA journal_mode"))).upper()
    why = (
        "its write-ahead log is sound"
        if mode == "WAL"
        else "its write-ahead log can lose commits (mended in 3.51.3, 3.50.7 and 3.44.6)"
    )
    sentence = f"SQLite {version}: {why}, so the journal mode should be {mode}; it is {found}."
    yield good(sentence) if found == mode else unsafe(sentence)
    if path.stat().st_mode & path.parent.stat().st_mode & GROUP_OR_OTHERS:
        yield unsafe(f"Other accounts of this machine can open {path}: chmod 700 its folder.")
    else:
        yield good(f"{path} is closed to other accounts of this machine.")


def _postgresql(connection: Connection, host: str | None) -> Iterator[Finding]:
    version = connection.scalar(text("SHOW server_version"))
    role = connection.execute(
        text("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    ).one()
    if role.rolsuper or role.rolbypassrls:
        yield unsafe(
            f"PostgreSQL {version}: the role {role.rolname} passes row-level security "
            "(superuser or BYPASSRLS). Use a plain role that owns the database."
        )
    else:
        yield good(f"PostgreSQL {version}: the role {role.rolname} is bound by row-level security.")
    encrypted = connection.scalar(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
    local = not host or host.startswith("/") or is_loopback(f"//{host}")
    if not encrypted and not local:
        yield unsafe(f"The connection to {host} is not encrypted: add ?sslmode=verify-full.")


def _schema(connection: Connection) -> Finding:
    try:
        current = migrate.is_current(connection)
    except migrate.NewerSchema as newer:
        return unsafe(str(newer))
    if current:
        return good("The schema is at the newest migration.")
    return unsafe("Migrations are missing. Run: consortium migrate")
