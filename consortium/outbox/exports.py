"""Files that are made when their mail is sent: what is kept for ever elsewhere is not kept twice.

A mail names such a file by ``made_of``: who makes it, a colon, and what of. What follows the state
of things at that moment, and may be any number of files, is made by ``makes_several`` and kept.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

import structlog
from flask import Flask

from consortium.ports import Attachment, Email

MOST_BYTES = 5 * 1024 * 1024
"""A larger file stays behind, as many mail servers refuse it, and so does one that is gone."""

Maker = Callable[[str], bytes]
MakerOfSeveral = Callable[[str, UUID], Sequence[Attachment]]
"""Is called with what the files are made of and the id of their mail, each time it is tried."""

log = structlog.get_logger()


def makes(app: Flask, maker: str, make: Maker) -> None:
    """Let ``make`` write the files whose ``made_of`` begins with this maker's name."""
    app.extensions.setdefault("file_makers", {})[maker] = make


def makes_several(app: Flask, maker: str, make: MakerOfSeveral) -> None:
    """Let ``make`` write all the files that stand for one such name, and keep them itself."""
    app.extensions.setdefault("makers_of_several", {})[maker] = make


def with_files(app: Flask, email: Email, mail_id: UUID) -> Email:
    """Return the mail with all its files written. Must stand outside any transaction."""
    if not any(file.made_of for file in email.attachments):
        return email
    files = list(_written(app, email.attachments, mail_id))
    return replace(email, attachments=[one for one in files if 0 < len(one.content) <= MOST_BYTES])


def _written(app: Flask, files: Sequence[Attachment], mail_id: UUID) -> Iterator[Attachment]:
    """Give the files; those that were made for an earlier attempt are made anew."""
    made: set[str] = set()
    for file in files:
        maker, _, of = file.made_of.partition(":")
        make = app.extensions.get("makers_of_several", {}).get(maker)
        if make is None:
            yield written(app, file)
        elif file.made_of not in made:
            made.add(file.made_of)
            yield from make(of, mail_id)


def written(app: Flask, file: Attachment) -> Attachment:
    """Return the file with its content. Must stand outside any transaction."""
    if not file.made_of or file.content:
        return file
    maker, _, of = file.made_of.partition(":")
    if maker in app.extensions.get("makers_of_several", {}):
        return file  # it is made as the mail leaves, and not before
    content: bytes = app.extensions["file_makers"][maker](of)
    if len(content) > MOST_BYTES:
        log.warning("file too large for a mail", file=file.made_of, size=len(content))
    return replace(file, content=content)
