"""Surroundings for tests of the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.databases import database_url

SAFE = {
    "BASE_URL": "https://lmc.example.org",
    "SECRET_KEY": "0123456789abcdef" * 4,
    "SMTP_URL": "smtp://mail.example.org:587",
}


@pytest.fixture(scope="module")
def emptied_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[str]:
    """The URL of a database that the tests of this module empty in turn."""
    folder = tmp_path_factory.mktemp("database")
    with database_url(request.config.getoption("database"), folder, f"cli_{worker_id}") as url:
        yield url


@pytest.fixture
def environment(emptied_database: str, tmp_path: Path) -> dict[str, str]:
    """Safe settings with an empty database."""
    engine = create_engine(emptied_database)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    else:
        Path(engine.url.database or "").unlink(missing_ok=True)
    engine.dispose()
    return {**SAFE, "CONSORTIUM_VAR": str(tmp_path / "var"), "DATABASE_URL": emptied_database}
