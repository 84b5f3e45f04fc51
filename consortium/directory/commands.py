"""Commands of whoever runs the machine: bring in the national list, look an LEA up."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from consortium.database import transaction
from consortium.directory import service
from consortium.directory.domain import LEA_KINDS, STATES, zip_meant
from consortium.directory.imports import (
    ENCODINGS,
    FileRefused,
    ImportReport,
    UnknownShape,
    import_leas,
)
from consortium.errors import Refusal

NOT_TAKEN, UNREADABLE = 1, 2  # exit codes; click says 2 as well for a command it cannot read


@click.group()
def directory() -> None:
    """Keep the directory of local education agencies (LEAs) that all consortia share."""


@directory.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--encoding",
    type=click.Choice(ENCODINGS),
    help="How the file writes its letters. Without it, UTF-8; CCD files are often in cp1252.",
)
def import_(file: Path, encoding: str | None) -> None:
    """Bring the directory up to the list of LEAs in FILE (CSV, plain or gzip).

    FILE is the CCD's LEA release (LEAID, LEA_NAME, ST or STABR, LCITY, LZIP, LEA_TYPE, SY_STATUS,
    UPDATED_STATUS, UNION …) or a district list (leaid, name, state, city, lat, lon, tz, locale,
    enrollment …).

    A second run changes nothing. A newer file changes what differs. An empty cell, an LEA that the
    file does not name, a local label, and a parent that is set already all stay as they are. Only a
    status code (UPDATED_STATUS, or SY_STATUS where it is empty) closes an LEA.

    Each refused row is printed with its line number, and the others are taken: the exit code is 0.
    It is 2 when FILE as a whole cannot be read, and 1 when another import runs at the same moment;
    then nothing changes.
    """
    console = Console(stderr=True)
    with _Bars(console) as bars:
        try:
            with transaction():
                report = import_leas(file, encoding=encoding, progress=bars.show)
        except Refusal as refusal:
            bars.stop()
            click.echo(f"{file}: {refusal.message}", err=True)
            unreadable = isinstance(refusal, FileRefused | UnknownShape)
            raise click.exceptions.Exit(UNREADABLE if unreadable else NOT_TAKEN) from refusal
    _tell(report, file)


def _tell(report: ImportReport, file: Path) -> None:
    for row in report.refused:
        click.echo(f"{file}: line {row.line}: {row.sentence}", err=True)
    if report.zeros_restored:
        first = report.zeros_restored[0]
        click.echo(
            f"Ids without their leading zero, as spreadsheets leave them: "
            f"{len(report.zeros_restored):,}, the first on line {first}. The zero was put back.",
            err=True,
        )
    if report.not_named:
        click.echo(
            f"LEAs of the directory that are not among the rows taken: {report.not_named:,}. They "
            "stay as they are.",
            err=True,
        )
    if not (report.added or report.changed):
        click.echo("Nothing changed.")
    click.echo(
        f"{report.added:,} added, {report.changed:,} changed (of these {report.closed:,} closed), "
        f"{report.unchanged:,} unchanged, {len(report.refused):,} rows refused."
    )


@directory.command()
@click.argument("text")
@click.option("--state", type=click.Choice(tuple(STATES), case_sensitive=False))
def find(text: str, state: str | None) -> None:
    """Look up LEAs by part of their name, the best guess first, or by the ZIP code of their office.

    A state at the end of TEXT narrows the search as --state does: 'clay county fl'.
    """
    leas = service.find_leas(text, state)
    for lea in leas:
        students = "" if lea.enrollment is None else f", {lea.enrollment:,} students"
        closed = "" if lea.open else ", closed"
        place = ", ".join(filter(None, (lea.city, lea.state)))
        kind = lea.local_label or LEA_KINDS[lea.kind]
        click.echo(f"{lea.id}  {lea.name} ({place}): {kind}{students}{closed}")
    if not leas and zip_meant(text) and not service.has_zips():
        click.echo("The directory has no ZIP codes. Type part of the name.")
    elif not leas:
        click.echo("No LEA found. Try one word of its name.")


class _Bars(Progress):
    """One bar for each step of an import, on a terminal only."""

    def __init__(self, console: Console) -> None:
        super().__init__(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )

    def show(self, step: str, done: int, total: int) -> None:
        """Move the bar of the step."""
        known = {task.description: task.id for task in self.tasks}
        task = known.get(step.title())
        if task is None:
            task = self.add_task(step.title())
        self.update(task, completed=done, total=total)
