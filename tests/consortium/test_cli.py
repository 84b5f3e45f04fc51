import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from consortium import clock
from consortium.adapters.typst_printer import TypstPrinter
from consortium.outbox.models import OutboxEmail
from tests.consortium.commands import run

pytestmark = [pytest.mark.real_commits, pytest.mark.on_the_given_database]

FOUNDING = [
    "init",
    *("--name", "Garden Coast Partnership"),
    *("--slug", "garden-coast"),
    *("--state", "NJ"),
    *("--owner-email", "Owner@example.org"),
    *("--owner-name", "Olive Owner"),
]


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


def test_a_lost_authenticator_is_forgotten_once(environment: dict[str, str]) -> None:
    run(environment, "migrate")
    run(environment, *FOUNDING)
    engine = create_engine(environment["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO second_factor (id, identity_id, secret, enrolled_at, last_step) "
                "SELECT id, id, 'sealed', created_at, 0 FROM identity"
            )
        )

    done = run(environment, "lost-authenticator", "owner@example.org")
    again = run(environment, "lost-authenticator", "owner@example.org")

    with engine.connect() as connection:
        left = connection.execute(text("SELECT count(*) FROM second_factor")).scalar_one()
    engine.dispose()
    assert (done.exit_code, left) == (0, 0)
    assert again.exit_code == 1
    assert "This account has no authenticator app and no passkey." in again.stderr


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


def test_a_database_of_a_newer_version_is_left_alone(environment: dict[str, str]) -> None:
    run(environment, "migrate")
    engine = create_engine(environment["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '999'"))

    for words in (["migrate"], ["worker"], FOUNDING):
        result = run(environment, *words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("Error: The database was made by a newer version")
    examined = run(environment, "doctor")

    assert examined.exit_code == 1
    assert "UNSAFE  The database was made by a newer version" in examined.output
    with engine.connect() as connection:
        stands = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    engine.dispose()
    assert stands == "999"


@pytest.mark.parametrize("words", [["migrate"], ["worker"], FOUNDING])
@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite:////proc/nowhere/consortium.db", "unable to open database file"),
        ("postgresql://app@127.0.0.1:1/consortium", "onnection refused"),
    ],
)
def test_a_database_that_is_not_there_is_a_sentence(
    environment: dict[str, str], url: str, reason: str, words: list[str]
) -> None:
    result = run({**environment, "DATABASE_URL": url}, *words)

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The database does not work: ")
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1


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
    assert "ok      Passkeys belong to lmc.example.org" in result.output
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


def test_doctor_says_what_became_of_the_mail(environment: dict[str, str]) -> None:
    run(environment, "migrate")
    sound = run(environment, "doctor")
    engine = create_engine(environment["DATABASE_URL"])
    long_ago = clock.now() - timedelta(hours=1)
    common = {"to": "ada@example.org", "subject": "Hi", "text": "Hi", "promised_at": long_ago}
    with Session(engine) as session:
        session.add(OutboxEmail(**common, due_at=long_ago, last_error="451 busy", attempts=2))
        session.add_all(
            OutboxEmail(
                **common,
                due_at=long_ago,
                settled_at=clock.now(),
                outcome=outcome,
                last_error="550 no such mailbox",
            )
            for outcome in ("failed", "bounced")
        )
        session.commit()
    engine.dispose()

    examined = run({**environment, "REDIS_URL": "redis://127.0.0.1:1"}, "doctor")

    assert "ok      No mail is late, and none was lost in 30 days." in sound.output
    lines = examined.output.splitlines()
    assert "look    Mails that wait for more than 15 minutes: 1. 451 busy" in lines
    assert (
        "look    Mails that could not be delivered in 30 days: 2. The last one: 550 no such mailbox"
    ) in lines
    assert "UNSAFE  Redis does not answer, so no mail goes out:" in examined.output
    assert examined.exit_code == 1


def test_doctor_names_the_scripts_that_cannot_be_printed(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TypstPrinter, "unprintable", lambda _self, words: set(words) - {"हिन्दी"})
    lacking = run(environment, "doctor").output
    monkeypatch.setattr(TypstPrinter, "unprintable", lambda _self, _words: frozenset())
    whole = run(environment, "doctor").output

    assert "look    No font here prints names in Chinese, Japanese, Korean, Thai" in lacking
    assert "Hindi" not in lacking
    assert "fonts-noto-cjk" in lacking
    assert "ok      Badges and certificates print names in Chinese, Japanese, Korean" in whole
