"""Money at the size of a state: invoices issued at once, statements of every payer.

    scripts/bench/money.py [--database sqlite|postgresql] [--invoices 10000] [--payers 5000]
                           [--clients 8] [--pdf 5000]

Issues so many invoices through so many threads at once, each in a transaction of its own with its
number, its paper and its entry in the journal; then looks in the database: the numbers are 1 to
the last without a gap, each once, each with one paper, and what is owed is the sum of them. Then
writes the statements of all payers into one table, a part at a time, and prints them as PDF in the
archives that finance's page offers. It prints invoices/s, p50, p95, the longest, seconds and the
most memory, and ends with 1 if anything is wrong or the table or the archives took a minute or half
a gigabyte.
"""

import argparse
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from flask import Flask
from sqlalchemy import func, select, text

from consortium import clock, migrate
from consortium.database import db, expect_writes, transaction
from consortium.server import build_app
from consortium.settings import Settings
from consortium.spreadsheets import csv_file
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.books.domain.periods import Period
from events.books.exports import statements_archive, statements_file
from events.books.service.statements import (
    AT_ONCE,
    all_statements,
    payers_with_balance,
    statements_of,
)
from events.invoices import service as invoices
from events.invoices.domain import PayerKind, Series
from events.invoices.domain.papers import PaperLine
from events.invoices.models import Document, Invoice, Payer
from events.invoices.service import Billed
from events.ledger import service as ledger
from events.ledger.domain import Account
from scripts.bench.times import in_words
from tests.databases import database_url

BY = "bench"
SECRET = "only-for-the-benchmark-" + "x" * 32
CENTS = 18_453_75
MOST_SECONDS, MOST_MEGABYTES = 60, 500
PAYERS_AT_ONCE = 500


@dataclass
class Rush:
    """How long each invoice took, and what failed."""

    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    wall: float = 0.0

    def __str__(self) -> str:
        """Return the printed line."""
        return in_words(self.took, self.wall, done="invoices", rate="invoices")


def issue(app: Flask, tenant_id: UUID, payers: Sequence[UUID], *, n: int, clients: int) -> Rush:
    """Issue ``n`` invoices through so many threads, to the payers in turn."""
    done, lock, left = Rush(), threading.Lock(), iter(range(n))

    def work() -> None:
        while True:
            with lock:
                number = next(left, None)
            if number is None:
                return
            began = time.perf_counter()
            try:
                with app.app_context(), as_tenant(tenant_id), transaction():
                    _one(payers[number % len(payers)], number)
            except Exception as error:  # noqa: BLE001  (whatever it is, it is told)
                with lock:
                    done.failed.append(repr(error)[:200])
                continue
            with lock:
                done.took.append(time.perf_counter() - began)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.wall = time.perf_counter() - began
    return done


def _one(payer_id: UUID, number: int) -> None:
    line = PaperLine(what="Team of six", how="6 at $3,075.63", cents=CENTS)
    billed = Billed(about=f"team:{number}", what=f"Team {number}", total_cents=CENTS, lines=(line,))
    invoices.issue_invoice(db.session.get_one(Payer, payer_id), billed, by=BY)


def faults_of(n: int) -> list[str]:
    """Return what is wrong in the database afterwards; nothing, if all is well."""
    serials = sorted(db.session.scalars(select(Invoice.serial)))
    papers = db.session.scalar(
        select(func.count(Document.id)).where(Document.series == Series.INVOICE)
    )
    said = {
        "numbers with a gap or twice": serials != list(range(1, n + 1)),
        "papers missing or too many": papers != n,
        "the journal is off": ledger.account_balances()[Account.RECEIVABLE] != n * CENTS,
    }
    return [words for words, wrong in said.items() if wrong]


def write_statements(*, pdf: int) -> tuple[list[str], list[str]]:
    """Write every payer's statement into one table; return what to print, and what is wrong."""
    today = ledger.today()
    period = Period(since=today - timedelta(days=365), until=today)
    began = time.perf_counter()
    ids = payers_with_balance(today)
    written = csv_file(statements_file(all_statements(ids, period), year_starts=7))
    size = written.file.getbuffer().nbytes / 1e6
    what = f"{len(ids)} statements, {written.rows} rows, {size:.1f} MB of CSV"
    told, faults = _judged(what, time.perf_counter() - began)
    began = time.perf_counter()
    for first in range(0, min(pdf, len(ids)), AT_ONCE):
        some = ids[first : min(first + AT_ONCE, pdf)]
        statements_archive(statements_of(some, period), first=first + 1)
    if pdf:
        what = f"{min(pdf, len(ids))} statements as PDF in archives of {AT_ONCE}"
        more = _judged(what, time.perf_counter() - began)
        told, faults = told + more[0], faults + more[1]
    return told, faults


def _judged(what: str, took: float) -> tuple[list[str], list[str]]:
    """Return what to print of some work, and what is wrong with it."""
    memory = _megabytes()
    faults = [f"{what} took {took:.0f} s"] if took >= MOST_SECONDS else []
    if memory >= MOST_MEGABYTES:
        faults.append(f"{what} took {memory:.0f} MB")
    return [f"{what}: {took:.1f} s, at most {memory:.0f} MB"], faults


def _megabytes() -> float:
    """Return the most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def stage(url: str, payers: int) -> Iterator[tuple[Flask, UUID, list[UUID]]]:
    """Store a consortium and its payers in an empty database."""
    settings = Settings(
        database_url=url, secret_key=SECRET, base_url="http://127.0.0.1", demonstration=True
    )
    app = build_app(settings)
    with app.app_context():
        with db.engine.begin() as connection:
            migrate.upgrade(connection)
        with transaction():
            tenant = Tenant(
                slug="bench", name="Bench Partnership", states=["IL"], goals=[],
                reply_address="b@example.org", created_at=clock.now(),
            )  # fmt: skip
            db.session.add(tenant)
            db.session.flush()
            tenant_id = tenant.id
        ids: list[UUID] = []
        with as_tenant(tenant_id):
            for first in range(0, payers, PAYERS_AT_ONCE):
                with transaction():
                    rows = [_payer(n) for n in range(first, min(first + PAYERS_AT_ONCE, payers))]
                    db.session.add_all(rows)
                    db.session.flush()
                    ids += [row.id for row in rows]
        db.session.remove()
        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as connection:
                connection.execute(text("ANALYZE"))
    yield app, tenant_id, ids
    with app.app_context():
        db.engine.dispose()


def _payer(n: int) -> Payer:
    return Payer(
        kind=PayerKind.LEA, name=f"School District {n}", contact_email=f"ap{n}@example.org",
        contact_name="Accounts Payable", address=f"{n} Main Street\nElgin IL 60120",
        created_at=clock.now(),
    )  # fmt: skip


def main() -> int:
    """Issue, look, write statements, and judge."""
    options = _options()
    with (
        tempfile.TemporaryDirectory() as name,
        database_url(options.database, Path(name), "money") as url,
        stage(url, options.payers) as (app, tenant_id, payers),
    ):
        done = issue(app, tenant_id, payers, n=options.invoices, clients=options.clients)
        issuing_took = _megabytes()
        with app.test_request_context(), as_tenant(tenant_id):
            expect_writes(expected=False)
            faults = faults_of(options.invoices)
            told, late = write_statements(pdf=options.pdf)
            db.session.remove()
    faults += [*done.failed[:3], *late]
    print(f"{options.database}: {options.clients} clients, {options.payers} payers")
    print(f"{done}, at most {issuing_took:.0f} MB")
    for line in told:
        print(line)
    print("; ".join(faults) if faults else f"numbers 1 to {options.invoices} without a gap")
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--invoices", type=int, default=10_000)
    parser.add_argument("--payers", type=int, default=5_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pdf", type=int, default=5_000, help="how many statements to print")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
