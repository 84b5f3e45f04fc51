"""Files that are written beside their place and then moved there: whole, or not at all."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import click

from consortium.words import say


def write_beside(files: Mapping[Path, str]) -> None:
    """Write all these files, or none: each is complete before the first takes its place.

    Raises ``click.ClickException`` where a folder cannot be written.
    """
    ready: dict[Path, Path] = {}
    try:
        for file, text in files.items():
            unfinished = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
            ready[unfinished] = file
            with unfinished.open("w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
        for unfinished, file in ready.items():
            unfinished.replace(file)
    except OSError as error:
        raise click.ClickException(
            say(
                "%(file)s cannot be written: %(why)s.",
                file=error.filename or "",
                why=error.strerror or "",
            )
        ) from error
    finally:
        for unfinished in ready:
            unfinished.unlink(missing_ok=True)
