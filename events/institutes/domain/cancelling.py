"""When a host may cancel an institute, and what it tells everyone then."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from consortium.errors import Refusal
from consortium.words import Sentence, say
from events.institutes.domain import Status
from events.institutes.domain.sections import Basics

LONGEST_ADDRESS = 500


class CancellingRefused(Refusal):
    """The institute cannot be cancelled, or not so."""


class InstituteCancelled(Refusal):
    """What was asked for ended when the host cancelled the institute."""


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """What the host tells everyone who counted on an institute that is cancelled."""

    reason: str
    instead: str = ""
    """The address (slug) of another institute that people can come to; empty for none."""
    survey_url: str = ""
    """Where people say what would help them now; empty for none."""


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What of one kind ends when an institute is cancelled, and how much of it there is."""

    words: Sentence
    count: int


def check_cancellable(status: Status, *, over: bool) -> None:
    """Raise ``CancellingRefused`` for an institute that is cancelled already, or over."""
    if status is Status.CANCELLED:
        raise CancellingRefused(
            say("This institute is cancelled already. Nobody is told a second time.")
        )
    if over:
        raise CancellingRefused(
            say("This institute is over, so it cannot be cancelled. Its record stays.")
        )


def check_announcement(announcement: Announcement) -> None:
    """Raise ``CancellingRefused`` where the reason is missing or the survey's link is unsafe."""
    if not announcement.reason:
        raise CancellingRefused(
            say("Write the reason. Everyone who counted on the institute reads it."),
            field="reason",
        )
    if announcement.survey_url and not is_safe_address(announcement.survey_url):
        raise CancellingRefused(
            say("Write the whole address of the survey. It begins with https://."),
            field="survey_url",
        )


def is_safe_address(address: str) -> bool:
    """Tell whether this is one https address, without a name or password in it."""
    if len(address) > LONGEST_ADDRESS or any(sign.isspace() for sign in address):
        return False
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  (raises for a port that is no number)
    except ValueError:
        return False
    named = bool(parts.hostname) and "." in (parts.hostname or "")
    return parts.scheme == "https" and named and "@" not in parts.netloc


def check_change(status: Status, stored: object, sent: object) -> None:
    """Raise ``InstituteCancelled`` where a change is more than one of the text people read."""
    if status is not Status.CANCELLED or stored == sent:
        return
    if isinstance(stored, Basics) and isinstance(sent, Basics) and _reads_else(stored, sent):
        return
    raise InstituteCancelled(
        say("This institute is cancelled. Only its title and its summary can still be changed.")
    )


def gone(title: str) -> Sentence:
    """Say that what was asked for ended with the institute."""
    return say("%(title)s is cancelled. There is nothing you need to do any more.", title=title)


def in_all(endings: Iterable[Ending]) -> list[Ending]:
    """Return those of which there is something."""
    return [ending for ending in endings if ending.count]


def _reads_else(stored: Basics, sent: Basics) -> bool:
    """Tell whether only what people read of it differs: its title and its summary."""
    kept = ("kind", "venue", "time_zone", "registrant")
    return all(getattr(stored, name) == getattr(sent, name) for name in kept)
