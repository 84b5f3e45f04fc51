"""Tests on the schedule of a real conference run where it is; elsewhere they say so."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT.parent / "shared" / "data" / "conferences" / "djangocon-us-2024.json"
LEFT_OUT = pytest.StashKey[int]()


@pytest.fixture
def conference_schedule() -> Path:
    """Return the path of the schedule; tests that ask for it need the file."""
    assert PLACE.is_file()
    return PLACE


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if PLACE.is_file():
        return
    left_out = [
        item for item in items if "conference_schedule" in getattr(item, "fixturenames", ())
    ]
    config.stash[LEFT_OUT] = len(left_out)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if PLACE.is_file():
        return
    # The workers of xdist collect in processes of their own; here their count is not known.
    spread = bool(getattr(config.option, "numprocesses", None))
    if spread or config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"Left out: the tests on a real conference's schedule. {PLACE} is not there."
        )
