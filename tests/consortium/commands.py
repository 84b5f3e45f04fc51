"""The command line, called in this process or as a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from click.testing import CliRunner, Result

from consortium.cli import consortium
from consortium.settings import ROOT


def run(environment: Mapping[str, str], *words: str, typed: str | None = None) -> Result:
    """Run the command as a shell with only this environment would."""
    clean = dict.fromkeys(("BASE_URL", "SECRET_KEY", "SMTP_URL", "PORT", "CONSORTIUM_DEMO"))
    return CliRunner(env={**clean, **environment}).invoke(consortium, words, input=typed)


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
