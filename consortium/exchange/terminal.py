"""What commands show while they work, and refuse before they begin."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from consortium.answering import Tell, quiet
from consortium.words import say


@contextmanager
def progress(steps: Mapping[str, str]) -> Iterator[Tell]:
    """Show on a terminal how far the work is; elsewhere nothing. ``steps`` are told by name."""
    if not sys.stderr.isatty():
        yield quiet
        return
    # Read when it is needed: a bar takes as long to load as most small questions take to answer.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)

        def tell(step: str, share: float) -> None:
            bar.update(task, description=str(steps[step]), completed=share)

        yield tell


def refuse_unwritable(*files: Path | None) -> None:
    """Refuse before anything is computed what could not be written in the end.

    Raises ``click.UsageError`` for a file in a folder that is not there.
    """
    for file in files:
        if file is not None and not (folder := file.absolute().parent).is_dir():
            raise click.UsageError(
                say("There is no folder %(folder)s. Make it first.", folder=str(folder))
            )
