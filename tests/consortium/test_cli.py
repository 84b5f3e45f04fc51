import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from consortium.cli import consortium
from consortium.settings import ROOT
from tests.databases import database_url

pytestmark = pytest.mark.real_commits

SAFE = {
    "BASE_URL": "https://lmc.example.org",
    "SECRET_KEY": "0123456789abcdef" * 4,
    "SMTP_URL": "smtp://mail.example.org:587",
}
FOUNDING = [
    "init",
    *("--name", "Garden Coast Partnership"),
    *("--slug", "garden-coast"),
    *("--state", "NJ"),
    *("--owner-email", "Owner@example.org"),
    *("--owner-name", "Olive Owner"),
]


@pytest.fixture(scope="module")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[str]:
    """The URL of a database that the tests of this module empty in turn."""
    folder = tmp_path_factory.mktemp("database")
    with database_url(request.config.getoption("database"), folder, f"cli_{worker_id}") as url:
        yield url


@pytest.fixture
def environment(server: str, tmp_path: Path) -> dict[str, str]:
    """Safe settings with an empty database."""
    engine = create_engine(server)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    else:
        Path(engine.url.database or "").unlink(missing_ok=True)
    engine.dispose()
    return {**SAFE, "CONSORTIUM_VAR": str(tmp_path / "var"), "DATABASE_URL": server}


def run(environment: Mapping[str, str], *words: str, typed: str | None = None) -> Result:
    """Run the command as a shell with only this environment would."""
    clean = dict.fromkeys(("BASE_URL", "SECRET_KEY", "SMTP_URL", "PORT", "CONSORTIUM_DEMO"))
    return CliRunner(env={**clean, **environment}).invoke(consortium, words, input=typed)


def test_help_needs_no_settings() -> None:
    for words in ([], ["serve"], ["init"], ["directory"], ["directory", "import"], ["programme"]):
        result = run({}, *words, "--help")
        assert (result.exit_code, result.output.splitlines()[0][:18]) == (0, "Usage: consortium ")


def test_every_fault_of_the_settings_is_a_line_and_the_end(tmp_path: Path) -> None:
    result = run({"CONSORTIUM_VAR": str(tmp_path)}, "migrate")

    assert result.exit_code == 2
    assert [line.split()[0] for line in result.stderr.splitlines()] == [
        "BASE_URL",
        "SMTP_URL",
        "SECRET_KEY",
    ]


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mail.example.org", "SMTP_URL must look like smtp://user:password@host:587"),
        ("smtp://me:secret@mail.example.org", "SMTP_URL has a password: use smtps://"),
    ],
)
def test_a_mail_server_that_makes_no_sense_is_a_fault_of_the_settings(
    environment: dict[str, str], url: str, sentence: str
) -> None:
    result = run({**environment, "SMTP_URL": url}, "migrate")

    assert result.exit_code == 2
    assert sentence in result.stderr


def test_migrate_and_init_found_the_first_consortium(environment: dict[str, str]) -> None:
    assert run(environment, "migrate").output == "The database is at the newest schema.\n"
    assert run(environment, "migrate").output == "Nothing to migrate.\n"

    founded = run(environment, *FOUNDING)

    assert founded.exit_code == 0
    assert founded.output == (
        "Garden Coast Partnership is founded. Owner@example.org signs in at "
        "https://lmc.example.org/garden-coast\n"
    )
    again = run(environment, *FOUNDING)
    assert again.exit_code == 1
    assert "Another consortium has the address “garden-coast”" in again.stderr
    engine = create_engine(environment["DATABASE_URL"])
    with engine.connect() as connection:
        stored = connection.execute(text("SELECT slug, reply_address FROM tenant")).all()
    engine.dispose()
    assert stored == [("garden-coast", "owner@example.org")]


def test_init_asks_for_what_was_not_said(environment: dict[str, str]) -> None:
    run(environment, "migrate")

    result = run(
        environment,
        "init",
        typed="Prairie Lakes Network\nkarin@example.org\nKarin\n\nIL, WI\n",
    )

    assert result.exit_code == 0
    assert "Address of its pages [prairie-lakes-network]" in result.output
    assert "signs in at https://lmc.example.org/prairie-lakes-network" in result.output


def test_a_command_before_the_migration_says_so(environment: dict[str, str]) -> None:
    result = run(environment, *FOUNDING)

    assert result.exit_code == 1
    assert result.stderr == (
        "Error: The database is not at this version's schema. Run: consortium migrate\n"
    )


def test_commands_of_features_run_with_the_application_around_them(
    environment: dict[str, str], tmp_path: Path
) -> None:
    run(environment, "migrate")
    leas = tmp_path / "leas.csv"
    leas.write_text("leaid,name,state,city\n3400001,Bay Harbor,NJ,Bay Harbor\n")

    result = run(environment, "directory", "import", str(leas))

    assert result.exit_code == 0, result.output
    assert "1 added" in result.output


def test_doctor_finds_a_sound_installation_sound(environment: dict[str, str]) -> None:
    run(environment, "migrate")

    result = run(environment, "doctor")

    assert result.exit_code == 0, result.output
    assert not re.search("UNSAFE", result.output)
    assert "ok      Base URL https://lmc.example.org" in result.output
    assert "ok      Mail goes by smtp to mail.example.org" in result.output
    assert "ok      The schema is at the newest migration." in result.output
    if environment["DATABASE_URL"].startswith("sqlite"):
        assert re.search(
            r"ok      SQLite \S+: its write-ahead log .* it is (WAL|TRUNCATE)\.", result.output
        )
    else:
        assert "is bound by row-level security" in result.output


def test_doctor_names_what_is_unsafe_and_ends_with_1(environment: dict[str, str]) -> None:
    unfinished = run({**environment, "SECRET_KEY": "k" * 40}, "doctor")
    unset = run({**environment, "SECRET_KEY": "", "BASE_URL": "http://lmc.example.org"}, "doctor")

    assert (unfinished.exit_code, unset.exit_code) == (1, 1)
    assert "UNSAFE  SECRET_KEY repeats a few characters" in unfinished.output
    assert [line.split()[:2] for line in unset.output.splitlines()] == [
        ["UNSAFE", "BASE_URL"],
        ["UNSAFE", "SECRET_KEY"],
    ]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def command(environment: Mapping[str, str], *words: str) -> Iterator[subprocess.Popen[str]]:
    """Run the real command in a process of its own; it is gone afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "consortium", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(environment["CONSORTIUM_VAR"]), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


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

    code, said = refused(environment, "serve", "--port", str(free_port()))
    assert (code, said) == (
        1,
        "Error: The database is not at this version's schema. Run: consortium migrate\n",
    )

    code, said = refused({"CONSORTIUM_VAR": str(tmp_path)}, "serve", "--demo", "--host", "0.0.0.0")
    assert code == 2
    assert "Demonstration mode listens on this machine only" in said

    public = {"CONSORTIUM_VAR": str(tmp_path), "BASE_URL": "https://lmc.example.org"}
    code, said = refused(public, "serve", "--demo")
    assert code == 2
    assert said.startswith("BASE_URL is https://lmc.example.org: demonstration mode lets anyone")


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
        started(process, port)
        assert f"open http://127.0.0.1:{port}/demo" in process.stdout.readline()
        assert get(port, "/livez") == "ok\n"
        assert get(port, "/readyz") == '{"database":"ok","schema":"ok","worker":"ok"}\n'
        assert "Garden Coast Labor-Management Partnership" in get(port, "/")
        assert "--brand" in get(port, "/static/theme.css")
        os.killpg(process.pid, signal.SIGINT)
        asked = time.monotonic()
        rest, complaints = process.communicate(timeout=30)
        assert (process.returncode, rest, complaints) == (0, "", "")
        assert time.monotonic() - asked < 5
    stored = tmp_path / "var" / "consortium.db"
    assert stored.stat().st_mode & 0o077 == 0

    engine = create_engine(f"sqlite:///{stored}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE tenant SET name = 'Renamed' WHERE slug = 'garden-coast'"))
    engine.dispose()
    with command({**environment, "PORT": str(port), "CONSORTIUM_DEMO": "1"}, "serve") as process:
        took = started(process, port)
        assert "Renamed" in get(port, "/")
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)
        assert process.returncode == 0
    assert took < 5 * patience()


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


def patience() -> float:
    """How much longer than on an idle machine things may take here and now."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
