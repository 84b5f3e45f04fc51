"""The command ``consortium``: with ``app``, the only module that looks up at every feature."""

import os
from importlib import import_module
from typing import Any

import click

ENGINES = {
    "match": "cohorts.matching.commands.match",
    "partners": "cohorts.matching.commands.partners",
    "places": "events.schedule.commands.places",
    "schedule": "events.schedule.commands.schedule",
    "tables": "cohorts.matching.commands.tables",
}
"""Commands on files alone, with their modules: they start without the application."""


def main() -> None:
    """Run the command line; what it writes is closed to other accounts of the machine."""
    os.umask(0o077)
    consortium(prog_name="consortium")


class _Commands(click.Group):
    """Loads what a command needs when it is named; ends in a sentence, not in a trace."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's)
        """Return the names of all commands."""
        return sorted([*ENGINES, *_administration().commands])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name in ENGINES:
            command: click.Command = getattr(import_module(ENGINES[cmd_name]), cmd_name)
            return command
        return _administration().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            said = _said_of(error)
            if said is None:
                raise
            raise click.ClickException(said) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def consortium() -> None:
    """Institutes and learning cohorts for labor-management partnerships.

    Settings come from the environment: BASE_URL, SECRET_KEY, SMTP_URL, DATABASE_URL and more; the
    README lists them. With CONSORTIUM_DEMO=1 every command works on the demonstration, which
    needs none of them.
    """


def _administration() -> click.Group:
    from consortium.administration import administration  # noqa: PLC0415  (loads everything)

    return administration


def _said_of(error: Exception) -> str | None:
    """Return what to say when the database is not what it must be; ``None`` of other errors."""
    if isinstance(error, click.ClickException | click.exceptions.Exit | click.Abort):
        return None
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  (engines know no database)

    from consortium.migrate import NewerSchema  # noqa: PLC0415
    from consortium.server import CannotServe  # noqa: PLC0415

    if isinstance(error, CannotServe | NewerSchema):
        return str(error)
    if isinstance(error, DBAPIError):
        said = str(error.orig).strip().partition("\n")[0]
        return (
            f"The database does not work: {said}. Is DATABASE_URL right, the server running, "
            "the folder yours? Run: consortium doctor"
        )
    return None
