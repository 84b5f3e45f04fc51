"""A rush: many teams submit at once for few places, over HTTP, to the real server.

    scripts/bench/registrations.py [--database sqlite|postgresql] [--teams 10000] [--places 200]
                                   [--clients 32] [--processes 1] [--no-guard]

Stores the drafts of as many LEAs, each with a lead who is signed in, in a database of its own,
starts the server on it, and lets all leads press “Submit the team” through so many connections at
once; each press says what to do if there is no place: wait. The answer to the press itself says
which it was. Then it looks in the database: nothing oversold, nobody lost or twice there, the
waitlist without gaps; and no answer was a 5xx. It prints registrations/s, p50, p95 and the
longest, and ends with 1 if anything is wrong. ``--no-guard`` takes the guard away: it must end with 1.
"""

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from base64 import urlsafe_b64decode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen
from zlib import decompress

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sqlalchemy import text

from consortium import migrate
from consortium.database import db, expect_writes
from consortium.server import build_app
from consortium.settings import Settings
from consortium.tenancy import for_every_tenant
from scripts.bench.rush_stage import Lead, faults_of, set_rush
from scripts.bench.site import _free_port
from scripts.bench.times import in_words
from tests.databases import database_url

SECRET = "only-for-the-benchmark-" + "x" * 32
FORM = "application/x-www-form-urlencoded"
STARTS_WITHIN = 180  # seconds, on a machine that has much else to do


@dataclass
class Rush:
    """What became of every press, and how long each took."""

    took: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    wall: float = 0.0

    def __str__(self) -> str:
        """Return the printed lines."""
        times = in_words(self.took, self.wall, done="answers", rate="registrations")
        return f"{times}\nanswers: {dict(sorted(self.answers.items()))}"


def rush(leads: list[Lead], port: int, clients: int) -> Rush:
    """Let every lead press once, through so many connections at the same time."""
    done = Rush()
    lock = threading.Lock()
    left = iter(leads)

    def press() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while True:
            with lock:
                lead = next(left, None)
            if lead is None:
                break
            began = time.perf_counter()
            said = _press(connection, lead)
            took = time.perf_counter() - began
            with lock:
                done.took.append(took)
                done.answers[said] += 1
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.wall = time.perf_counter() - began
    return done


def _press(connection: http.client.HTTPConnection, lead: Lead) -> str:
    """Return what the answer says: registered, waitlisted, or its status."""
    headers = {"Cookie": lead.cookie, "Content-Type": FORM}
    for _ in range(2):
        try:
            connection.request("POST", lead.path, urlencode(lead.form), headers)
            answer = connection.getresponse()
            answer.read()
            break
        except (http.client.RemoteDisconnected, ConnectionError):
            connection.close()  # kept open too long; the action key makes a second press safe
    else:
        return "no answer"
    if answer.status != http.client.FOUND:
        return str(answer.status)
    told = " ".join(told_in(cookie) for cookie in answer.headers.get_all("Set-Cookie") or ())
    if "is registered" in told:
        return "registered"
    return "waitlisted" if "on the waitlist, number" in told else "302"


def told_in(cookie: str) -> str:
    """Return the sentence that the next page shows; it travels in the session's cookie."""
    value = cookie.split(";", 1)[0].partition("=")[2]
    packed = value.startswith(".")
    payload = value.lstrip(".").split(".", 1)[0]
    raw = urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    said = json.loads(decompress(raw) if packed else raw)
    return " ".join(str(flash) for flash in said.get("_flashes", ()))


@contextmanager
def server(url: str, folder: Path, port: int, *, processes: int, guarded: bool) -> Iterator[None]:
    """Run the real server on the database until the block ends."""
    program = "consortium" if guarded else "scripts.bench.careless"
    process = subprocess.Popen(
        [
            sys.executable, "-m", program, "serve", "--demo", "--port", str(port),
            "--processes", str(processes),
        ],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "CONSORTIUM_VAR": str(folder), "SECRET_KEY": SECRET},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _wait_for(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urlopen(f"http://127.0.0.1:{port}/livez", timeout=10).read()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def main() -> int:
    """Set the stage, let the rush happen, and judge what is there afterwards."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with database_url(options.database, folder, "rush") as url:
            port = _free_port()
            settings = Settings(
                database_url=url,
                secret_key=SECRET,
                base_url=f"http://127.0.0.1:{port}",
                demonstration=True,
            )
            app = build_app(settings)
            with app.test_request_context(base_url=settings.base_url):
                with db.engine.begin() as connection:
                    migrate.upgrade(connection)
                expect_writes()
                leads = set_rush(app, teams=options.teams, places=options.places)
                expect_writes(expected=False)
                if db.engine.dialect.name == "postgresql":
                    with db.engine.begin() as connection:
                        connection.execute(text("ANALYZE"))
                db.session.remove()
                db.engine.dispose()
                with server(
                    url, folder, port, processes=options.processes, guarded=not options.no_guard
                ):
                    done = rush(leads, port, options.clients)
                with for_every_tenant():
                    faults = faults_of(options.teams, options.places, answered=_served(done))
                db.session.remove()
                db.engine.dispose()
    print(
        f"{options.database}: {options.teams} teams, {options.places} places, "
        f"{options.clients} clients, {options.processes} web processes"
    )
    print(done)
    failed = sum(n for said, n in done.answers.items() if said.startswith("5"))
    faults += [f"answers 5xx: {failed}"] if failed else []
    print("; ".join(faults) if faults else "0 oversold, 0 lost, 0 duplicate, 0 gaps, 0 5xx")
    return 1 if faults else 0


def _served(done: Rush) -> int:
    return done.answers["registered"] + done.answers["waitlisted"]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--teams", type=int, default=10_000)
    parser.add_argument("--places", type=int, default=200)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--processes", type=int, default=1, help="more than one: PostgreSQL only")
    parser.add_argument("--no-guard", action="store_true", help="must oversell, and end with 1")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
