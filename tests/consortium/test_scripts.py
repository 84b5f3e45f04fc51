"""The environment that the scripts make for themselves."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from consortium.settings import ROOT

pytestmark = pytest.mark.pure

PRINTS_ITS_WORDS = "import sys; print('called with', *sys.argv[1:])\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout without dependencies, in a folder whose name has spaces."""
    folder = tmp_path / "a folder of ours"
    (folder / "consortium").mkdir(parents=True)
    (folder / "consortium" / "__init__.py").touch()
    (folder / "consortium" / "cli.py").write_text(f"def main():\n    {PRINTS_ITS_WORDS}")
    (folder / "consortium" / "__main__.py").write_text(
        "from consortium.cli import main\n\nmain()\n"
    )
    (folder / "requirements.lock").touch()
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("bench"))
    return folder


def run(*words: Path | str, **environment: str) -> tuple[str, str]:
    done = subprocess.run(
        [str(word) for word in words],
        cwd="/",
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout, done.stderr


def test_the_environment_is_made_once_and_anew_in_another_place(checkout: Path) -> None:
    said, made = run(checkout / "scripts" / "serve", "--port", "8001")
    again, not_made = run(checkout / "scripts" / "consortium", "doctor")
    command, _ = run(checkout / ".venv" / "bin" / "consortium", "init")
    moved = checkout.rename(checkout.with_name("moved to here"))
    elsewhere, made_anew = run(moved / "scripts" / "serve")

    assert said == "called with serve --demo --port 8001\n"
    assert again == "called with doctor\n"
    assert command == "called with init\n"
    assert elsewhere == "called with serve --demo\n"
    assert made.startswith("Preparing the Python environment in .venv")
    assert made_anew == made
    assert not_made == ""


def test_a_folder_that_cannot_be_written_is_named(checkout: Path, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\ntest $1 = -c\n")  # new enough, and cannot write anywhere
    python.chmod(0o700)

    said, complaints = run(checkout / "scripts" / "serve", PYTHON=str(python))

    assert said == ""
    assert complaints.splitlines()[1] == (
        f"Nothing could be written to {checkout}/.venv. "
        "Use a folder that is yours, with 500 MB free."
    )
