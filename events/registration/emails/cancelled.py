"""The mail of a cancelled institute, written once and addressed to each."""

from collections.abc import Callable, Collection
from dataclasses import replace

from flask import current_app

from consortium.ports import Email, Mailbox
from events.institutes import emails
from events.institutes.models import Institute
from events.schedule import service as schedule


def cancelled(institute: Institute) -> Callable[[Mailbox, Collection[str], int], Email]:
    """Return what addresses the mail: to whom, the UIDs sent to this person, the sequence's rise.

    ``uids`` name the sessions that the person was invited to by mail; those still ahead leave the
    calendar with it.
    """
    plain = emails.cancelled(institute)
    with_files = emails.cancelled(institute, calendar=True)
    cancel = schedule.cancelling(institute, writer=current_app.extensions["ports"].calendar)

    def address(to: Mailbox, uids: Collection[str], raised_by: int) -> Email:
        files = cancel(uids, to, raised_by) if uids else ()
        return replace(with_files if files else plain, to=to.email, attachments=files)

    return address
