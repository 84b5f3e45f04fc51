"""Migrate an empty database and compare it with the models: sqlite or postgresql."""

import sys
import tempfile
from pathlib import Path

from sqlalchemy import create_engine

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from consortium import migrate
from tests.databases import database_url


def main(choice: str) -> int:
    """Print every difference; return how the check ended."""
    with (
        tempfile.TemporaryDirectory() as folder,
        database_url(choice, Path(folder), "migrations") as url,
    ):
        engine = create_engine(url)
        with migrate.migrating(engine) as connection:
            migrate.upgrade(connection)
            found = migrate.differences(connection)
        engine.dispose()
    for difference in found:
        print(difference)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
