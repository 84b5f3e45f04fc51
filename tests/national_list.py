"""Tests on the national list of districts run where the list is; elsewhere they say so."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
USUAL_PLACE = ROOT.parent / "shared" / "data" / "districts" / "us_districts.csv.gz"
LEFT_OUT = pytest.StashKey[int]()


def national_list_path() -> Path | None:
    """Return where the list is; a wrong ``DISTRICTS_FILE`` is an error, not a missing list."""
    named = os.environ.get("DISTRICTS_FILE")
    if named and not Path(named).is_file():
        raise pytest.UsageError(f"DISTRICTS_FILE names no file: {named}")
    path = Path(named) if named else USUAL_PLACE
    return path if path.is_file() else None


@pytest.fixture
def national_list() -> Path:
    """Return the path of the national list; tests that ask for it need the file."""
    path = national_list_path()
    assert path is not None
    return path


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if national_list_path() is not None:
        return
    left_out = [item for item in items if "national_list" in getattr(item, "fixturenames", ())]
    config.stash[LEFT_OUT] = len(left_out)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if national_list_path() is not None:
        return
    # The workers of xdist collect in processes of their own; here their count is not known.
    spread = bool(getattr(config.option, "numprocesses", None))
    if spread or config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"Left out: the tests on the national list of districts. {USUAL_PLACE} is not there; "
            "set DISTRICTS_FILE."
        )
