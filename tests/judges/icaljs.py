"""ical.js, the library of Thunderbird: a program of its own that reads one file after the other."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from typing import Any

from tests.judges import Judged

FOLDER = Path(__file__).parent / "javascript"


class IcalJs:
    """The reader, started when it is first asked."""

    def __init__(self, node: str) -> None:
        self._node = node
        self._reader: subprocess.Popen[str] | None = None

    def read(self, content: bytes) -> list[Judged]:
        """Return the events of a file that ical.js reads; else fail."""
        answer = self._ask(content.decode())
        assert "fault" not in answer, answer["fault"]
        return [_judged(event) for event in answer["events"]]

    def _ask(self, text: str) -> dict[str, Any]:
        reader = self._reader or self._start()
        assert reader.stdin is not None
        assert reader.stdout is not None
        reader.stdin.write(f"{json.dumps(text)}\n")
        reader.stdin.flush()
        answer: dict[str, Any] = json.loads(reader.stdout.readline())
        return answer

    def _start(self) -> "subprocess.Popen[str]":
        # It ends by itself when its input does, at the latest with the tests.
        self._reader = subprocess.Popen(
            [self._node, FOLDER / "read.mjs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self._reader


def _judged(event: dict[str, Any]) -> Judged:
    zone = event.pop("zone")
    assert zone not in {"", "floating"}, "ical.js knows no zone for this time"
    starts, ends = (datetime.fromtimestamp(event.pop(name), UTC) for name in ("starts", "ends"))
    return Judged(**event, starts=starts, ends=ends)


def find() -> IcalJs | None:
    """Return the library, or ``None`` where it is not, or nothing that runs it."""
    node = which("node")
    if node is None or not (FOLDER / "node_modules" / "ical.js").is_dir():
        return None
    return IcalJs(node)
