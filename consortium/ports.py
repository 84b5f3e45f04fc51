"""What the application needs from the outside world, as the application sees it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from consortium.cards import CardGateway


class GatewayDown(Exception):
    """The supplier could not be reached or is busy; the job may be tried again."""


class GatewayUnreachable(GatewayDown):
    """The supplier answers nobody, so that trying other work now would fail too."""


class GatewayRefused(Exception):
    """The supplier understood and said no; trying again will not help.

    ``code`` is the supplier's own word for why, where it has one.
    """

    def __init__(self, message: str = "", *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that travels with a mail. ``method`` is iTIP's, for calendar files."""

    filename: str
    content_type: str
    content: bytes = b""
    method: str | None = None
    made_of: str = ""
    """For a file that is made when its mail is sent, who makes it and what of; see ``outbox``."""


@dataclass(frozen=True, kw_only=True)
class Email:
    """One mail to one address. ``html`` and ``text`` say the same."""

    to: str
    subject: str
    text: str
    html: str | None = None
    reply_to: str | None = None
    from_name: str | None = None
    attachments: Sequence[Attachment] = ()
    message_id: str | None = None


class Mailer(Protocol):
    """Takes a mail off our hands."""

    def send(self, email: Email) -> None:
        """Send; raise ``GatewayDown`` (try again) or ``GatewayRefused`` (give up)."""


class Method(StrEnum):
    """What a calendar file asks its reader to do (iTIP, RFC 5546)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, kw_only=True)
class DatedEvent:
    """One dated thing as calendars see it: wall time and zone are the truth.

    ``starts`` and ``ends`` are naive wall times in ``time_zone`` (an IANA name).
    """

    uid: str
    sequence: int
    summary: str
    starts: datetime
    ends: datetime
    time_zone: str
    changed_at: datetime
    location: str = ""
    description: str = ""
    """All that is said of it; with the link to join online, where the reader may have it."""
    join_at: str = ""
    """That link once more, so that another link can be told from other words."""
    url: str = ""
    cancelled: bool = False
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """A name and an address, for organizers and attendees."""

    name: str
    email: str
    answer: str = ""
    """What an attendee answered last (PARTSTAT), so that programs do not forget it."""


class CalendarWriter(Protocol):
    """Writes iCalendar files (RFC 5545)."""

    def write(
        self,
        events: Sequence[DatedEvent],
        *,
        name: str = "",
        method: Method = Method.PUBLISH,
        organizer: Mailbox | None = None,
        attendee: Mailbox | None = None,
    ) -> bytes:
        """Return the file. A PUBLISH never carries an attendee."""


@dataclass(frozen=True, kw_only=True)
class SaidOfEvent:
    """What a calendar file from elsewhere says of one event; nothing of it is proved."""

    method: str
    """What the file asks for, in capitals: REPLY, COUNTER …"""
    uid: str
    sequence: int
    organizer: str
    """The address to which the answer goes, without ``mailto:``."""
    attendees: tuple[tuple[str, str], ...]
    """Who answers and what (PARTSTAT, in capitals); an answer has one."""
    stamp: datetime | None
    """When the program wrote it, as far as it says so."""
    comment: str = ""


class CalendarReader(Protocol):
    """Reads iCalendar files that others wrote."""

    def read(self, content: bytes) -> Sequence[SaidOfEvent]:
        """Return what the file says of events; raise ``ValueError`` for what is no such file."""


class CalendarFiles(CalendarWriter, CalendarReader, Protocol):
    """Writes and reads calendar files."""


class FileStorage(Protocol):
    """Keeps the bytes of files that people hand in, each under a key of our making.

    A key is the tenant's id and a part of random digits, or digits made of what the file is made
    of, both hexadecimal, with a slash between.
    """

    def put(self, key: str, content: bytes) -> None:
        """Keep the bytes, whole or not at all. Raises ``GatewayDown``."""

    def get(self, key: str) -> bytes | None:
        """Return the bytes, or ``None`` where there are none. Raises ``GatewayDown``."""

    def delete(self, key: str) -> None:
        """Forget the bytes; nothing happens where there are none. Raises ``GatewayDown``."""

    def keys(self, tenant: str, *, before: datetime) -> Iterator[str]:
        """Give the keys of a tenant whose bytes were put before this moment."""


class Printer(Protocol):
    """Sets papers in type."""

    def print(self, template: str, data: Mapping[str, Any]) -> bytes:
        """Return a tagged PDF (PDF/UA) of plain data, set by one of our own templates.

        Whatever the data says is text and nothing else. A letter that no font on this machine
        has is set as a question mark; ``unprintable`` tells beforehand.
        """

    @property
    def edition(self) -> str:
        """What is another text whenever the same data would be set in another way."""

    def unprintable(self, words: Iterable[str]) -> frozenset[str]:
        """Return the words with letters that no font on this machine has."""


@dataclass(frozen=True)
class Ports:
    """The suppliers, plugged in by whoever builds the application."""

    mailer: Mailer
    calendar: CalendarFiles
    storage: FileStorage
    printer: Printer
    cards: CardGateway
