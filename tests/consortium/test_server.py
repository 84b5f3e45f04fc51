import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import create_engine, text

from tests.consortium.commands import command, run

pytestmark = pytest.mark.real_commits


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def refused(environment: Mapping[str, str], *words: str) -> tuple[int, str]:
    with command(environment, *words) as process:
        _, said = process.communicate(timeout=60)
        return process.returncode, said


def test_serve_says_in_a_sentence_why_it_does_not_start(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = refused(environment, "serve", "--port", str(port))
    assert (code, len(said.splitlines())) == (1, 1)
    assert said.startswith(f"Error: Cannot listen at 127.0.0.1:{port} (Address already in use).")

    code, said = refused({"CONSORTIUM_VAR": str(tmp_path)}, "serve", "--demo", "--host", "0.0.0.0")
    assert code == 2
    assert "Demonstration mode listens on this machine only" in said

    public = {"CONSORTIUM_VAR": str(tmp_path), "BASE_URL": "https://lmc.example.org"}
    told = run(public, "serve", "--demo")
    assert told.exit_code == 2
    assert told.stderr.startswith(
        "BASE_URL is https://lmc.example.org: demonstration mode lets anyone"
    )


@pytest.mark.on_the_given_database
def test_serve_wants_the_newest_schema(environment: dict[str, str]) -> None:
    code, said = refused(environment, "serve", "--port", str(free_port()))

    assert (code, said) == (
        1,
        "Error: The database is not at this version's schema. Run: consortium migrate\n",
    )


def started(process: subprocess.Popen[str], port: int) -> float:
    """Wait for the line that says the server is ready; return how long it took."""
    began = time.monotonic()
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line == f"Consortium is serving at http://127.0.0.1:{port}\n", process.stderr.read()
    return time.monotonic() - began


def get(port: int, path: str) -> str:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        read: str = answer.read().decode()
        return read


def test_the_demonstration_starts_keeps_its_data_and_ends_cleanly(tmp_path: Path) -> None:
    environment = {"CONSORTIUM_VAR": str(tmp_path / "var")}
    port = free_port()
    with command(environment, "serve", "--demo", "--port", str(port)) as process:
        first = started(process, port)
        assert f"open http://127.0.0.1:{port}/demo" in process.stdout.readline()
        assert get(port, "/livez") == "ok\n"
        assert get(port, "/readyz") == '{"database":"ok","schema":"ok","worker":"ok"}\n'
        assert "Garden Coast Labor-Management Partnership" in get(port, "/")
        assert "--brand" in get(port, "/static/theme.css")
        # Browsers open connections that they may need; those must not hold up the end.
        with socket.create_connection(("127.0.0.1", port)):
            os.killpg(process.pid, signal.SIGINT)
            rest, complaints = process.communicate(timeout=30)
        assert (process.returncode, rest, complaints) == (0, "", "")
    stored = tmp_path / "var" / "consortium.db"
    assert stored.stat().st_mode & 0o077 == 0

    engine = create_engine(f"sqlite:///{stored}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE tenant SET name = 'Renamed' WHERE slug = 'garden-coast'"))
    engine.dispose()
    with command({**environment, "PORT": str(port), "CONSORTIUM_DEMO": "1"}, "serve") as process:
        again = started(process, port)
        assert "Renamed" in get(port, "/")
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)
        assert process.returncode == 0
    assert again < first, "the story was told again"


@pytest.mark.on_the_given_database
def test_serve_and_worker_run_in_production(environment: dict[str, str]) -> None:
    assert run(environment, "migrate").exit_code == 0
    port = free_port()
    with command(environment, "serve", "--port", str(port)) as process:
        started(process, port)
        assert get(port, "/livez") == "ok\n"
        get(port, "/help?token=secret")
        os.killpg(process.pid, signal.SIGINT)
        rest, logged = process.communicate(timeout=60)
        assert (process.returncode, rest) == (0, "")
    (line,) = [json.loads(line) for line in logged.splitlines()]
    assert (line["event"], line["route"], line["status"]) == ("request", "/help", 200)
    assert line["request_id"]
    assert "secret" not in logged
    with command(environment, "worker") as process:
        assert process.stdout.readline() == "The worker is running.\n"
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 0
