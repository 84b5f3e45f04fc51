"""Tests on files that other people wrote run where these files are; elsewhere they say so."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
PLACES = {
    "conference_schedule": SHARED / "conferences" / "djangocon-us-2024.json",
    "calendar_samples": SHARED / "ics",
    "proved_pairs": SHARED / "matching",
}
LEFT_OUT = pytest.StashKey[set[str]]()


@pytest.fixture
def conference_schedule() -> Path:
    """Return the path of a real conference's schedule; tests that ask for it need the file."""
    assert PLACES["conference_schedule"].is_file()
    return PLACES["conference_schedule"]


@pytest.fixture
def calendar_samples() -> list[Path]:
    """Return calendar files of other projects; tests that ask for them need the files."""
    found = sorted(PLACES["calendar_samples"].rglob("*.ics"))
    assert found
    return found


@pytest.fixture
def proved_pairs() -> list[Path]:
    """Return pairings of real districts whose best cost was proved by two other programs."""
    found = sorted(PLACES["proved_pairs"].glob("pairs_*.json"))
    assert found
    return found


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    missing = {name for name, place in PLACES.items() if not place.exists()}
    asked = {id(item): missing.intersection(getattr(item, "fixturenames", ())) for item in items}
    left_out = [item for item in items if asked[id(item)]]
    config.stash[LEFT_OUT] = {name for item in left_out for name in asked[id(item)]}
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not asked[id(item)]]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    # The workers of xdist collect in processes of their own; what they left out is not known here.
    spread = bool(getattr(config.option, "numprocesses", None))
    for name, place in PLACES.items():
        if not place.exists() and (spread or name in config.stash.get(LEFT_OUT, set())):
            terminalreporter.write_line(f"Left out: the tests on {place}, which is not there.")
