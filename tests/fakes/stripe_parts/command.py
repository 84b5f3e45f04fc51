"""The fake Stripe as a program of its own."""

import argparse
import os
import time
from pathlib import Path

import click

from tests.fakes.stripe_parts import checking
from tests.fakes.stripe_server import FakeStripe

UNCHECKED = "Requests are not checked: Stripe's descriptions do not lie at {}."
LOOKS = 0.2  # seconds between two looks whether we should go on


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.stripe_server")
    parser.add_argument("--port", type=int, default=12111)
    parser.add_argument("--webhook", help="where events go; {key} is the key after _test_")
    parser.add_argument("--secret", default="whsec_{key}", help="what signs them")
    parser.add_argument("--keep", type=Path, help="a file that keeps all payments")
    given = parser.parse_args()
    fake = FakeStripe(time.time, keep=given.keep)
    if given.webhook:
        fake.webhooks.default = given.webhook, given.secret
    fake.start(given.port)
    click.echo(f"The fake Stripe is at {fake.base}; {fake.base}/bank does what banks do.")
    if not checking.available():
        click.echo(UNCHECKED.format(checking.DATA))
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        fake.stop()


def serve_while(parent: int, fake: FakeStripe) -> None:
    """Serve as long as the process that started us lives, however it ends."""
    while os.getppid() == parent:
        time.sleep(LOOKS)
    fake.stop()
