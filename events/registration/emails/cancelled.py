"""The mail of a cancelled institute, written once and addressed to each."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from consortium.ports import Email
from events.institutes import emails
from events.institutes.models import Institute
from events.schedule import service as schedule


def cancelled(institute: Institute) -> Callable[[str, UUID | None], Email]:
    """Return what addresses the mail: to which address, and whose calendar it takes sessions from.

    ``None`` for someone who was not invited to any session by mail.
    """
    plain = emails.cancelled(institute)
    with_files = emails.cancelled(institute, calendar=True)

    def address(to: str, calendar_of: UUID | None) -> Email:
        if calendar_of is None:
            return replace(plain, to=to)
        files = (schedule.calendar_files(institute, calendar_of),)
        return replace(with_files, to=to, attachments=files)

    return address
