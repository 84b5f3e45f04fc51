"""The command a mail server calls with whatever comes in: answers to invitations, and bounces."""

import sys

import click
from flask import current_app

from consortium.calendar import service as feeds
from consortium.calendar.domain.incoming import LONGEST, Incoming, read_incoming
from consortium.calendar.domain.reply_addresses import person_in
from consortium.calendar.service import answers
from consortium.calendar.service.answers import Outcome
from consortium.database import end_reading, transaction
from consortium.outbox.commands import NOT_OURS, mail, tell_of_bounce
from consortium.people.models import Person
from consortium.ports import SaidOfEvent
from consortium.settings import Settings
from consortium.tenancy import as_tenant

SAID = {
    Outcome.TAKEN: "The answer is noted.",
    Outcome.KNOWN: "This answer is known already.",
    Outcome.OLD: "The answer is to an earlier invitation, or overtaken by a later answer. "
    "Nothing changed.",
    Outcome.STRANGER: "The answer is not of the person who was invited, or to something else. "
    "Nothing changed.",
    Outcome.NO_ANSWER: "The message does not say whether someone comes. Nothing changed.",
}
UNREADABLE = "The calendar file in this message cannot be read. Nothing changed."
NOBODY = "The message was sent to no address of ours for answers. Nothing changed."


@click.group()
def feed() -> None:
    """See to people's private calendar addresses."""


@feed.command("rotate")
@click.argument("email")
def rotate_feed(email: str) -> None:
    """Give the calendar of EMAIL a new address, after you made sure who asks.

    The old one stops working at once. The person sees the new one on the own calendar's page.
    """
    secret: str = current_app.extensions["settings"].secret_key
    with transaction():
        rotated = feeds.rotate_feeds_of(email, secret=secret, by="command:feed-rotate")
    if not rotated:
        raise click.ClickException(f"{email} has no calendar address.")
    click.echo(f"Calendar addresses that are new now: {rotated}. The old ones stopped working.")


@mail.command()
def receive() -> None:
    """Read one message that came in, from standard input: an answer to an invitation, or a bounce.

    Let the mail server hand over what reaches CALENDAR_REPLIES, with anything behind a plus sign,
    and the address in MAIL_FROM, like this line of /etc/aliases: rsvp: "|consortium mail receive".

    Says for each answer what was done with it. The exit code is 1 when the message is nothing of
    ours, and 0 otherwise.
    """
    raw = sys.stdin.buffer.read(LONGEST + 1)
    incoming = read_incoming(raw)
    if incoming.files and _take(incoming):
        return
    tell_of_bounce(raw)


def _take(incoming: Incoming) -> bool:
    """Take the answers of a message; ``False`` when it has none that speaks to us at all."""
    found = [said for content in incoming.files for said in _read(content)]
    if not found:
        return False
    for said in found:
        person = _answerer(incoming, said)
        if person is None:
            click.echo(NOBODY, err=True)
            raise click.exceptions.Exit(NOT_OURS)
        person_id, tenant_id = person.id, person.tenant_id
        end_reading()
        with as_tenant(tenant_id), transaction():
            answerer = answers.find_answerer(person_id)
            outcome = answers.take_answer(answerer, said) if answerer else Outcome.STRANGER
        click.echo(SAID[outcome])
    return True


def _read(content: bytes) -> list[SaidOfEvent]:
    try:
        said = list(current_app.extensions["ports"].calendar.read(content))
    except ValueError:
        click.echo(UNREADABLE, err=True)
        return []
    return [one for one in dict.fromkeys(said) if one.method not in {"", "PUBLISH", "REQUEST"}]


def _answerer(incoming: Incoming, said: SaidOfEvent) -> Person | None:
    """Return whose secret address the answer went to."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.calendar_replies:
        return None
    for address in (*incoming.recipients, said.organizer):
        person_id = person_in(address, settings.calendar_replies, settings.secret_keys)
        if person_id is not None:
            return answers.find_answerer(person_id)
    return None
