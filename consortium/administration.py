"""The commands that run and look after an installation; each has the application around it."""

import copy
import functools
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

import click

from consortium import doctor as examination
from consortium import logs, server
from consortium.auth.service import second_factors
from consortium.database import db, transaction
from consortium.directory.commands import directory
from consortium.doctor import Verdict
from consortium.errors import Refusal
from consortium.jobs import STOP_SIGNALS
from consortium.letters import absolute
from consortium.outbox.commands import mail
from consortium.people import service as people
from consortium.server import at_work, build_app
from consortium.settings import Settings, UnsafeSettings, from_environment, is_loopback
from consortium.tenants import service as tenants
from consortium.tenants.domain.consortia import Charter, slug_from
from consortium.verify.commands import verify
from consortium.workforce import Workforce
from events.credit.commands import attendance
from events.programmes.commands import Standalone, programme

UNSAFE = 2  # exit code; click says 2 as well for a command it cannot read
DEMONSTRATION = "CONSORTIUM_DEMO"


@click.group()
def administration() -> None:
    """Hold the commands; the command line offers each of them as its own."""


@administration.command()
@click.option("--demo", is_flag=True, envvar=DEMONSTRATION, help="Load and serve a made-up story.")
@click.option(
    "--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at; a proxy is before it.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    envvar="WEB_CONCURRENCY",
    default=1,
    show_default=True,
    help="Web processes; more than one needs PostgreSQL.",
)
def serve(*, demo: bool, port: int, host: str, processes: int) -> None:
    """Start the web server and, in it, the worker that sends what is due."""
    settings = _settings(demonstration=demo, port=port)
    logs.configure(demonstration=demo)
    if demo and not is_loopback(f"//{host}"):
        raise click.UsageError("Demonstration mode listens on this machine only; leave out --host.")
    if processes > 1 and settings.database_url.startswith("sqlite"):
        raise click.UsageError("Several web processes need PostgreSQL: set DATABASE_URL.")
    taken = server.listen(host, port)
    if demo:
        server.prepare_demonstration(settings)
    else:
        with at_work(build_app(settings)):
            server.check_schema()
    server.serve(settings, taken, processes=processes)


@administration.command()
def worker() -> None:
    """Send what is due, in a process of its own, until told to stop."""
    settings = _settings()
    logs.configure(demonstration=settings.demonstration)
    app = build_app(settings)
    with at_work(app):
        server.check_schema()
    for number in STOP_SIGNALS:  # until the worker listens itself, nothing is in hand
        signal.signal(number, lambda *_: sys.exit(0))
    click.echo("The worker is running.")
    Workforce.of(app).run_forever()
    with app.app_context():
        db.engine.dispose()


@administration.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    changed = server.upgrade(build_app(_settings()))
    click.echo("The database is at the newest schema." if changed else "Nothing to migrate.")


@administration.command()
def doctor() -> None:
    """Say how this installation is set up, and exit with 1 when something is unsafe."""
    try:
        findings = list(examination.examine(_read_settings()))
    except UnsafeSettings as unsafe:
        findings = [examination.unsafe(fault) for fault in unsafe.faults]
    for finding in findings:
        click.echo(f"{finding.verdict.value:<7} {finding.words}")
    if any(finding.verdict is Verdict.UNSAFE for finding in findings):
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--name", prompt="Name of the consortium")
@click.option("--slug", help="Its address: https://…/SLUG.")
@click.option("--state", "states", multiple=True, help="USPS code; may be given several times.")
@click.option("--time-zone", default="America/New_York", show_default=True)
@click.option("--reply-address", help="Where answers to its mails go; the owner, if not given.")
@click.option("--owner-email", prompt="E-mail address of its owner")
@click.option("--owner-name", prompt="Name of its owner")
def init(  # noqa: PLR0913  (click hands over each option by its name)
    *,
    name: str,
    slug: str | None,
    states: Sequence[str],
    time_zone: str,
    reply_address: str | None,
    owner_email: str,
    owner_name: str,
) -> None:
    """Found a consortium and appoint its owner, who then signs in by mail."""
    charter = Charter(
        name=name,
        slug=slug or click.prompt("Address of its pages", default=slug_from(name)),
        states=tuple(states) or (click.prompt("States it serves, like NJ, DE"),),
        time_zone=time_zone,
        reply_address=reply_address or owner_email,
    )
    with transaction():
        tenant = tenants.found_consortium(
            charter, owner_email=owner_email, owner_name=owner_name, by="command:init"
        )
        address = absolute(f"/{tenant.slug}")
    click.echo(f"{charter.name} is founded. {owner_email} signs in at {address}")


@click.command("lost-authenticator")
@click.argument("email")
def lost_authenticator(email: str) -> None:
    """Forget the authenticator app and passkeys of EMAIL, after you made sure who asks."""
    with transaction():
        second_factors.forget(people.identity_for(email), by="command:lost-authenticator")
    click.echo(f"{email} adds a new second proof at the next sign-in.")


def _in_application(command: click.Command) -> click.Command:
    """Return the command, or the group, so that it runs with the application around it."""
    if isinstance(command, click.Group):
        group = copy.copy(command)
        group.commands = {name: _in_application(part) for name, part in command.commands.items()}
        return group
    act = command.callback
    if act is None or isinstance(command, Standalone):
        return command

    @functools.wraps(act)
    def inside(*args: Any, **options: Any) -> Any:
        app = build_app(_settings())
        with at_work(app):
            try:
                server.check_schema()
                return act(*args, **options)
            except Refusal as refusal:
                raise click.ClickException(str(refusal)) from refusal

    wrapped = copy.copy(command)
    wrapped.callback = inside
    return wrapped


def _settings(*, demonstration: bool = False, port: int = 8000) -> Settings:
    """Return the settings, or end with every fault of theirs on a line of its own."""
    try:
        return _read_settings(demonstration=demonstration, port=port)
    except UnsafeSettings as unsafe:
        for fault in unsafe.faults:
            click.echo(fault, err=True)
        raise click.exceptions.Exit(UNSAFE) from unsafe


def _read_settings(*, demonstration: bool = False, port: int = 8000) -> Settings:
    wanted = os.environ.get(DEMONSTRATION, "").lower() in {"1", "true", "yes", "on"}
    settings = from_environment(demonstration=demonstration or wanted, port=port)
    try:
        server.mailer_of(settings)
    except ValueError as error:
        raise UnsafeSettings([str(error)]) from error
    return settings


for _command in (attendance, init, lost_authenticator, directory, mail, programme, verify):
    administration.add_command(_in_application(_command))
