"""The fake beside the demonstration: it begins with it, remembers, and ends with it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consortium.adapters.stripe_gateway import StripeGateway
from consortium.settings import ROOT
from tests.fakes.stripe import KEYS, wanted
from tests.fakes.stripe_beside import port_of
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.pure

STANDS_IN = """
import os, sys
sys.argv = ["consortium", "--port", "8123"]
from tests.fakes import stripe_beside
os.execv = lambda *_: os.execve(sys.executable, ["python", "-c", {program!r}], os.environ)
stripe_beside.main()
"""
WAITS = "import os; print(os.environ['STRIPE_API_BASE'], flush=True); input()"


def answers(base: str) -> bool:
    with socket.socket() as asking:
        asking.settimeout(2)
        host, port = base.removeprefix("http://").split(":")
        return asking.connect_ex((host, int(port))) == 0


def test_it_ends_with_the_application_however_that_ends(tmp_path: Path) -> None:
    application = subprocess.Popen(
        [sys.executable, "-c", STANDS_IN.format(program=WAITS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "CONSORTIUM_VAR": str(tmp_path)},
    )
    with application:
        assert application.stdout is not None
        said = [application.stdout.readline(), application.stdout.readline()]
        base = next(line.strip() for line in said if line.startswith("http://127.0.0.1:"))
        assert f"Payments are tests: {base}/bank does what banks do.\n" in said
        assert answers(base)
        application.kill()
    for _ in range(100):
        if not answers(base):
            break
        time.sleep(0.1)
    assert not answers(base)


@pytest.mark.parametrize(
    ("options", "port"),
    [
        (["--demo", "--port", "8001"], "8001"),
        (["--port=8002", "--demo"], "8002"),
        (["--demo"], "8000"),
        (["--port"], ""),
    ],
)
def test_it_knows_where_the_application_listens(
    monkeypatch: pytest.MonkeyPatch, options: list[str], port: str
) -> None:
    monkeypatch.delenv("PORT", raising=False)

    assert port_of(options) == port


def test_it_remembers_payments_over_a_restart(tmp_path: Path) -> None:
    keep = tmp_path / "payments.json"
    first = FakeStripe(time.time, keep=keep)
    first.start()
    there = StripeGateway(first.base, retries=0)
    in_an_hour = datetime.fromtimestamp(time.time(), UTC) + timedelta(hours=1)
    named = there.begin_checkout(KEYS, wanted(expires_at=in_an_hour), idempotency_key="once").id
    intent = first.pay_by_card(named)["id"]
    first.stop()

    again = FakeStripe(time.time, keep=keep)
    again.start()
    there.speak_to(again.base)
    refund = there.refund(KEYS, intent, 100, idempotency_key="r", reference="r")
    again.stop()

    assert refund.status == "succeeded"


def test_a_file_that_is_broken_is_named(tmp_path: Path) -> None:
    keep = tmp_path / "payments.json"
    keep.write_text("{")

    with pytest.raises(SystemExit, match="remove that file to begin anew"):
        FakeStripe(time.time, keep=keep)


def test_the_script_starts_it_unless_another_stripe_is_named(tmp_path: Path) -> None:
    """In a clone with a stand-in for each of the two programs, and no packages."""
    for package in ("consortium", "tests", "tests/fakes"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    says = "import sys; print({!r}, *sys.argv[1:])\n"
    (tmp_path / "consortium" / "__main__.py").write_text(says.format("alone"))
    (tmp_path / "tests" / "fakes" / "stripe_beside.py").write_text(says.format("beside"))
    (tmp_path / "requirements.lock").touch()
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("bench"))

    def said(**environment: str) -> str:
        return subprocess.run(
            [tmp_path / "scripts" / "serve", "--port", "8001"],
            env={"PATH": os.environ["PATH"], **environment},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert said() == "beside --demo --port 8001\n"
    assert said(STRIPE_API_BASE="https://api.stripe.com") == "alone serve --demo --port 8001\n"
