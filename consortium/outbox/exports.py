"""Files that are made when their mail is sent: what is kept for ever elsewhere is not kept twice.

A mail names such a file by ``made_of``: who makes it, a colon, and what of.
"""

from collections.abc import Callable
from dataclasses import replace

import structlog
from flask import Flask

from consortium.ports import Attachment, Email

MOST_BYTES = 5 * 1024 * 1024
"""A larger file stays behind, as many mail servers refuse it, and so does one that is gone."""

Maker = Callable[[str], bytes]

log = structlog.get_logger()


def makes(app: Flask, maker: str, make: Maker) -> None:
    """Let ``make`` write the files whose ``made_of`` begins with this maker's name."""
    app.extensions.setdefault("file_makers", {})[maker] = make


def with_files(app: Flask, email: Email) -> Email:
    """Return the mail with all its files written. Must stand outside any transaction."""
    if not any(file.made_of for file in email.attachments):
        return email
    files = [written(app, file) for file in email.attachments]
    return replace(email, attachments=[one for one in files if 0 < len(one.content) <= MOST_BYTES])


def written(app: Flask, file: Attachment) -> Attachment:
    """Return the file with its content. Must stand outside any transaction."""
    if not file.made_of:
        return file
    maker, _, of = file.made_of.partition(":")
    content: bytes = app.extensions["file_makers"][maker](of)
    if len(content) > MOST_BYTES:
        log.warning("file too large for a mail", file=file.made_of, size=len(content))
    return replace(file, content=content)
