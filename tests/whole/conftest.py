import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from consortium import clock
from consortium.logs import log_requests
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import NOON
from tests.whole.making import make_world
from tests.whole.world import World


class PlainPrinter:
    """Gives what a paper says as plain text, so that it can be looked through."""

    edition = "plain"

    def print(self, _template: str, data: Mapping[str, Any]) -> bytes:
        return json.dumps(data, ensure_ascii=False).encode()

    def unprintable(self, _words: Iterable[str]) -> frozenset[str]:
        return frozenset()


@pytest.fixture(scope="module")
def world_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], World]]:
    """Return a function that makes a world of this size, in an application of its own."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(clock, "now", lambda: NOON)

        def make(size: int) -> World:
            folder: Path = tmp_path_factory.mktemp(f"world{size}")
            app = stack.enter_context(
                application(
                    "sqlite", folder, mailer=FakeMailer(), settings={"demonstration": True},
                    WTF_CSRF_ENABLED=False,
                )
            )  # fmt: skip
            log_requests(app)
            ports = app.extensions["ports"]
            app.extensions["ports"] = replace(ports, printer=PlainPrinter())
            with app.app_context():
                return make_world(app, size)

        yield make
