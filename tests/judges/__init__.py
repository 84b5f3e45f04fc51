"""Other programs' calendar libraries, as judges of calendar files; not ours to install.

Tests that ask for a ``judge`` run once with each; where one is not, one line says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import pytest

from tests import papers


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What a judge reads in one event."""

    method: str
    uid: str
    sequence: int
    status: str
    summary: str
    starts: datetime
    ends: datetime
    properties: int


class Judge(Protocol):
    """A calendar library of other programs."""

    def read(self, content: bytes) -> list[Judged]:
        """Return the events of a file in which it finds no fault; else fail."""
        ...


@dataclass(frozen=True)
class Known:
    """A judge that may be here: how it is found, and what to do where it is not."""

    find: Callable[[], Judge | None]
    missing: str


def known() -> dict[str, Known]:
    """Return the judges by name."""
    from tests.judges import icaljs, libical

    return {
        "libical": Known(
            libical.find, f"{libical.NAME} is not there (Debian: apt install libical3)"
        ),
        "ical.js": Known(
            icaljs.find, "it is not there (scripts/test brings it where there are node and npm)"
        ),
    }


JUDGES = pytest.StashKey[dict[str, Judge]]()


def found(config: pytest.Config) -> dict[str, Judge]:
    """Return the judges that are here, each made once."""
    if JUDGES not in config.stash:
        tried = {name: one.find() for name, one in known().items()}
        config.stash[JUDGES] = {name: one for name, one in tried.items() if one is not None}
    return config.stash[JUDGES]


@pytest.fixture(scope="session")
def judge(request: pytest.FixtureRequest) -> Judge:
    """Return one of the judges; the test runs with each."""
    return found(request.config)[request.param]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "judge" in metafunc.fixturenames:
        metafunc.parametrize("judge", found(metafunc.config), indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if found(config):
        return
    unjudged = [item for item in items if "judge" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=unjudged)
    items[:] = [item for item in items if item not in unjudged]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for name, one in known().items():
        if name not in found(config):
            terminalreporter.write_line(
                f"Left out: the tests that ask {name} about calendar files; {one.missing}."
            )
    if not papers.can_be_read():
        terminalreporter.write_line(
            "Left out: what PDFs say; pdftotext is not there (Debian: apt install poppler-utils)."
        )
