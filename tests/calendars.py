"""What calendars are sent: mails are delivered, and their files read with plain eyes."""

from collections.abc import Sequence
from typing import Any

from flask import Flask

from consortium.outbox import jobs
from consortium.ports import Email

Properties = dict[str, str]


def deliver(app: Flask) -> None:
    """Send everything that is due."""
    while jobs.deliver_due(app):
        pass


def files_of(mail: Email) -> list[Properties]:
    """Return the properties of each calendar file in a mail, without their parameters."""
    files = [file for file in mail.attachments if file.content_type == "text/calendar"]
    return [properties(file.content) for file in files]


def properties(content: bytes) -> Properties:
    """Return what a calendar file of one event says, by name; parameters are left out."""
    text = content.decode().replace("\r\n ", "")
    event = text[text.index("BEGIN:VEVENT") :]
    lines = [line for line in text.splitlines() if line.startswith("METHOD:")] + event.splitlines()
    parts = (line.partition(":") for line in lines)
    return {key.partition(";")[0]: value for key, _, value in parts if not key.startswith("END")}


def sent_to(mailer: Any, address: str) -> Sequence[Email]:
    """Return the mails that were sent to an address, oldest first."""
    return [mail for mail in mailer.sent if mail.to == address]


def told(mailer: Any, address: str) -> list[tuple[str, str, int]]:
    """Return every message to someone's calendar: method, title and number."""
    return [
        (file["METHOD"], file["SUMMARY"], int(file["SEQUENCE"]))
        for mail in sent_to(mailer, address)
        for file in files_of(mail)
    ]
