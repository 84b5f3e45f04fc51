"""Measure the directory on the national list: how long an import takes, and how long a search.

    .venv-dev/bin/python scripts/bench/directory.py [--database sqlite|postgresql] [FILE]

FILE is the national list; without it, it is taken from where the tests look for it. The 200
searches are what people type for districts drawn from the list, always the same ones.
"""

import argparse
import dataclasses
import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from consortium.adapters.demo_mailer import DemoMailer
from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.adapters.typst_printer import TypstPrinter
from consortium.app import create_app
from consortium.database import Base, db, transaction
from consortium.directory import service
from consortium.directory.domain import STATES, LeaRecord
from consortium.directory.imports import import_leas, read_leas
from consortium.ports import Ports
from consortium.settings import NOBODY, Settings
from tests.databases import database_url
from tests.national_list import national_list_path
from tests.storage import MemoryStorage

DATABASES = ("sqlite", "postgresql")
SEED = 20358
SEARCHES = 200


def typed_by_people(records: Sequence[LeaRecord]) -> list[str]:
    """Return what people type for districts drawn from the list."""
    chance = random.Random(SEED)  # noqa: S311  (the same searches every time, no secret)
    ways: tuple[Callable[[LeaRecord], str], ...] = (
        lambda lea: lea.name[: chance.randint(2, 6)],
        lambda lea: lea.name.lower(),
        lambda lea: lea.name.split()[0],
        lambda lea: f"{lea.name.split()[0]} {lea.state.lower()}",
        lambda lea: f"{lea.name}, {STATES[lea.state]}",
        lambda lea: f"{lea.name.split()[0]} school district",
        lambda lea: f"{lea.city} {lea.name.split()[0]}",
        lambda lea: " ".join(reversed(lea.name.lower().split())),
        lambda lea: f"{lea.name.split()[0]} county {STATES[lea.state]}",
        lambda lea: f"{lea.name[:4]}zz",
    )
    return [ways[n % len(ways)](chance.choice(records)) for n in range(SEARCHES)]


def seconds(act: Callable[..., object], *values: object) -> float:
    """Return how long the act took."""
    began = time.perf_counter()
    act(*values)
    return time.perf_counter() - began


def import_file(path: Path) -> None:
    """Import the file as the command does."""
    with transaction():
        import_leas(path, by="bench")


def take(records: Sequence[LeaRecord]) -> None:
    """Import records that have been read already."""
    with transaction():
        service.take_leas(records, source="bench", by="bench")


def look_up(text: str) -> None:
    """Search as one request does: with a session of its own."""
    service.find_leas(text)
    db.session.remove()


def measure(database: str, path: Path) -> tuple[str, ...]:
    """Return one row of the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "bench" / "data"  # the packaged server keeps its files above it
        folder.mkdir(parents=True)
        with database_url(database, folder, "bench") as url:
            settings = Settings(database_url=url, secret_key="x" * 32, base_url="http://localhost")
            app = create_app(
                settings,
                Ports(
                    mailer=DemoMailer(),
                    calendar=IcalendarWriter(),
                    storage=MemoryStorage(),
                    printer=TypstPrinter(),
                    cards=StripeGateway(NOBODY),
                ),
            )
            with app.app_context():
                return database, *_measured(path)


def _measured(path: Path) -> list[str]:
    Base.metadata.create_all(db.engine)
    imports = [seconds(import_file, path), seconds(import_file, path)]
    records = read_leas(path).records
    renamed = [dataclasses.replace(lea, name=f"{lea.name} X") for lea in records]
    imports.append(seconds(take, renamed))
    take(records)
    texts = typed_by_people(records)
    del records, renamed
    gc.collect()
    gc.freeze()  # walking over the whole list in memory is not what a search costs
    found = [seconds(look_up, text) for text in texts]
    db.engine.dispose()
    p95 = statistics.quantiles(found, n=20)[-1]
    searches = (statistics.median(found), p95, max(found))
    return [f"{took:.2f} s" for took in imports] + [f"{took * 1000:.1f} ms" for took in searches]


def main() -> int:
    """Print the table; return how it ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=national_list_path())
    parser.add_argument("--database", choices=DATABASES)
    chosen = parser.parse_args()
    if chosen.file is None:
        parser.error("The national list is not where the tests look for it. Name FILE.")
    table = Table(title=f"Directory, {chosen.file.name}, {SEARCHES} searches")
    for column in (
        *("database", "first import", "again", "all rows newer"),
        *("find: median", "p95", "slowest"),
    ):
        table.add_column(column, justify="left" if column == "database" else "right")
    for database in [chosen.database] if chosen.database else DATABASES:
        table.add_row(*measure(database, chosen.file))
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
