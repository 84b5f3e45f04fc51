"""Page and registration throughput against a running server.

    scripts/bench/site.py [--database sqlite|postgresql] [--seconds 10] [--clients 4]

Makes an institute with 150 teams of 6 people and 60 sessions in a database of its own, starts
the real server on it, and prints requests/s, p50 and p95 for each page, for the registration of a
team of six by HTTP, and for the roster's exports. Figures are medians over the whole run; the
machine's other work shows in them, so compare ratios of one run, not numbers of two.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from scripts.bench.stage import COORDINATOR, INSTITUTE, Stage, set_stage
from scripts.bench.visitor import Visitor
from tests.databases import database_url

FRESH_TEAMS = 400


@dataclass
class Timings:
    """How long each answer took, in seconds, and how long the whole run."""

    name: str
    each: list[float] = field(default_factory=list)
    wall: float = 0.0

    def row(self) -> dict[str, float | str | int]:
        """Return the figures of the printed table."""
        ordered = sorted(self.each)
        return {
            "what": self.name,
            "n": len(ordered),
            "per_second": round(len(ordered) / self.wall, 1),
            "p50_ms": round(1000 * statistics.median(ordered), 1),
            "p95_ms": round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 1),
        }


def drive(
    name: str,
    clients: int,
    seconds: float,
    act: Callable[[Visitor, int], None],
    stage: Stage,
    cookie: str,
) -> Timings:
    """Let so many visitors do ``act`` again and again for so long."""
    timings = Timings(name)
    lock = threading.Lock()
    numbers = iter(range(10**9))
    stop_at = time.perf_counter() + seconds
    faults: list[BaseException] = []

    def visit() -> None:
        visitor = Visitor(stage.port, cookie)
        try:
            while time.perf_counter() < stop_at:
                with lock:
                    number = next(numbers)
                began = time.perf_counter()
                act(visitor, number)
                took = time.perf_counter() - began
                with lock:
                    timings.each.append(took)
        except BaseException as fault:  # noqa: BLE001  (told below, in the main thread)
            faults.append(fault)
        finally:
            visitor.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=visit) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    timings.wall = time.perf_counter() - began
    if faults:
        raise faults[0]
    return timings


@contextmanager
def server(url: str, folder: Path, port: int) -> Iterator[None]:
    """Run the real server on the database until the block ends."""
    environ = {
        **os.environ,
        "DATABASE_URL": url,
        "CONSORTIUM_VAR": str(folder),
        "SECRET_KEY": Stage.secret,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "consortium", "serve", "--demo", "--port", str(port)],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for _ in range(200):
            try:
                urlopen(f"http://127.0.0.1:{port}/livez", timeout=1).read()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def main() -> None:
    """Print the table, and the same as JSON when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with database_url(options.database, folder, "bench") as url:
            stage = set_stage(url, port=_free_port(), fresh_teams=FRESH_TEAMS)
            with server(url, folder, stage.port):
                rows = [
                    timings.row()
                    for timings in _everything(stage, options.seconds, options.clients)
                ]
    print(
        f"{options.database}, {options.clients} clients, {options.seconds:g} s each; 150 teams x 6, 60 sessions"
    )
    print(f"{'what':<34}{'n':>7}{'per s':>9}{'p50 ms':>9}{'p95 ms':>9}")
    for row in rows:
        print(
            f"{row['what']:<34}{row['n']:>7}{row['per_second']:>9}{row['p50_ms']:>9}{row['p95_ms']:>9}"
        )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))


def _everything(stage: Stage, seconds: float, clients: int) -> Iterator[Timings]:
    base = f"/{stage.slug}/institutes/{INSTITUTE}"
    manage = f"/{stage.slug}/manage/institutes/{INSTITUTE}"
    nobody, staff = "", stage.cookies.of(COORDINATOR)
    for name, path, cookie in (
        ("institute page", base, nobody),
        ("programme page", f"{base}/programme", nobody),
        ("calendar of the institute (.ics)", f"{base}/calendar.ics", nobody),
        ("board", f"{manage}/board", staff),
        ("roster page, 900 people", f"{manage}/roster", staff),
        ("roster export, CSV", f"{manage}/roster.csv", staff),
        ("roster export, XLSX", f"{manage}/roster.xlsx", staff),
    ):
        yield drive(
            name, clients, seconds, lambda visitor, _n, path=path: visitor.get(path), stage, cookie
        )
    yield drive(
        "registration of a team of six",
        clients,
        seconds,
        lambda visitor, n: visitor.register_team(stage, n),
        stage,
        stage.cookies.of(stage.leads[0]),
    )


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
