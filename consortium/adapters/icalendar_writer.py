"""iCalendar, behind the ``CalendarWriter`` port. No other module imports ``icalendar``."""

from collections.abc import Sequence

from consortium.ports import DatedEvent, Mailbox, Method


class IcalendarWriter:
    """Writes RFC 5545 files that Outlook, Google, Apple and Thunderbird read alike."""

    def write(
        self,
        events: Sequence[DatedEvent],
        *,
        name: str = "",
        method: Method = Method.PUBLISH,
        organizer: Mailbox | None = None,
        attendee: Mailbox | None = None,
    ) -> bytes:
        """Return the file."""
        raise NotImplementedError
