"""An application on a database of its own, to which threads really commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask

from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.adapters.typst_printer import TypstPrinter
from consortium.app import create_app
from consortium.database import db
from consortium.ports import Mailer, Ports
from consortium.settings import NOBODY, Settings
from tests.databases import database_with_tables
from tests.statements import keep_written
from tests.storage import MemoryStorage
from tests.templates import keep_compiled


@contextmanager
def application(
    kind: str, folder: Path, *, mailer: Mailer, settings: dict[str, Any] | None = None, **flask: Any
) -> Iterator[Flask]:
    """Give an application on an empty database of this kind; both are gone afterwards."""
    with database_with_tables(kind, folder, f"own_{uuid4().hex[:8]}") as url:
        known = {"secret_key": "only-for-tests-" + "x" * 32, "base_url": "http://localhost"}
        app = create_app(
            Settings(database_url=url, **{**known, **(settings or {})}),
            Ports(
                mailer=mailer,
                calendar=IcalendarWriter(),
                storage=MemoryStorage(),
                printer=TypstPrinter(),
                cards=StripeGateway(NOBODY),
            ),
            **{"TESTING": True, "RATELIMIT_ENABLED": False, **flask},
        )
        keep_compiled(app)
        keep_written(app)
        try:
            yield app
        finally:
            with app.app_context():
                db.engine.dispose()
