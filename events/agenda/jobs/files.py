"""Write the calendar files of a mail as it leaves."""

from collections.abc import Sequence
from uuid import UUID

from flask import Flask

from consortium.calendar.exports import organizer_for
from consortium.database import end_reading, transaction
from consortium.outbox.exports import makes_several
from consortium.ports import Attachment
from consortium.tenancy import as_tenant
from events.agenda.service import messages
from events.schedule.service import CALENDAR_FILES


def init_app(app: Flask) -> None:
    """Let mails bring calendars up to date."""

    def make(named: str, mail_id: UUID) -> Sequence[Attachment]:
        return make_files(app, named, mail_id)

    makes_several(app, CALENDAR_FILES, make)


def make_files(app: Flask, named: str, mail_id: UUID) -> Sequence[Attachment]:
    """Return what brings one person's calendar up to date, noted before the mail leaves."""
    end_reading()
    tenant_id, institute_id, person_id = map(UUID, named.split(":"))
    with as_tenant(tenant_id), transaction():
        return messages.files_of(
            institute_id,
            person_id,
            made_of=f"{CALENDAR_FILES}:{named}",
            mail_id=mail_id,
            organizer=organizer_for,
            writer=app.extensions["ports"].calendar,
        )
