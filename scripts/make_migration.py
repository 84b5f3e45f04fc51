"""Write the next migration from the models: scripts/make_migration.py "add waitlist offers"."""

import sys
import tempfile
from pathlib import Path

from sqlalchemy import create_engine

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from consortium import migrate


def main(message: str) -> None:
    """Write the migration, numbered after the last one."""
    number = f"{len(list((migrate.FOLDER / 'versions').glob('[0-9]*.py'))) + 1:03d}"
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/empty.db")
        with engine.begin() as connection:
            migrate.upgrade(connection)
            migrate.write_migration(connection, message, number)
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
