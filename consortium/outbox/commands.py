"""The command a mail server calls with what comes back."""

import sys

import click
from flask import current_app

from consortium.database import transaction
from consortium.outbox.domain.bounces import LONGEST, read_notice
from consortium.outbox.service.bounces import Outcome, settle_bounce

NOT_OURS = 1  # exit code; click says 2 for a command it cannot read
SAID = {
    Outcome.SETTLED: "The mail came back. Its sender can see that now.",
    Outcome.KNOWN: "That this mail came back is known already.",
    Outcome.NOT_LOST: "The message does not say that the mail is lost for good. Nothing changed.",
    Outcome.UNKNOWN: "This message speaks of no mail that was sent from here. Nothing changed.",
}


@click.group()
def mail() -> None:
    """Tell the application what became of its mail."""


@mail.command()
def bounce() -> None:
    """Read one message that came back, from standard input, and note which mail did not arrive.

    Let the mail server hand over everything that reaches the bounce address, like this line of
    /etc/aliases: bounces: "|consortium mail bounce". Delivery status notifications (RFC 3464) are
    read, and texts that carry our mail or its Message-ID. An invitation that came back shows at
    the team's leads and at the coordinator.

    The exit code is 1 when the message speaks of no mail of ours, and 0 otherwise.
    """
    tell_of_bounce(sys.stdin.buffer.read(LONGEST))


def tell_of_bounce(raw: bytes) -> None:
    """Settle the mail that a message says came back, and say what was done with it."""
    notice = read_notice(raw, host=current_app.extensions["settings"].host)
    with transaction():
        outcome = settle_bounce(notice)
    click.echo(SAID[outcome], err=outcome is Outcome.UNKNOWN)
    if outcome is Outcome.UNKNOWN:
        raise click.exceptions.Exit(NOT_OURS)
