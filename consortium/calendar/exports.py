"""A calendar file as an answer to a calendar program, which asks again and again."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from flask import Response, current_app, request

from consortium import letters
from consortium.calendar.domain.reply_addresses import reply_address
from consortium.ports import CalendarWriter, DatedEvent, Mailbox
from consortium.settings import Settings
from consortium.tenants.models import Tenant

MEDIA_TYPE = "text/calendar"
# Raised when the writer's output changes, so that programs do not keep the old one.
EDITION = "3"
MOST_FEEDS = 200
"""Feeds that a process keeps as they were written; one of 200 entries is a tenth of a megabyte."""


def organizer_of(tenant: Tenant) -> Mailbox:
    """Return who stands behind a consortium's calendars: answers reach its reply address."""
    return Mailbox(name=tenant.name, email=tenant.reply_address)


def organizer_for(tenant: Tenant, person_id: UUID) -> Mailbox:
    """Return who invites this person: where the person's calendar program sends its answers.

    That is an address of ours by which the answer is known as this person's, where the operator
    has a mailbox for it (``CALENDAR_REPLIES``), and else the consortium's reply address. It stays
    the same, since programs take a cancellation from the organizer of the invitation alone.
    """
    settings: Settings = current_app.extensions["settings"]
    if not settings.calendar_replies:
        return organizer_of(tenant)
    address = reply_address(settings.calendar_replies, settings.secret_key, person_id)
    return Mailbox(name=tenant.name, email=address)


def webcal(path: str) -> str:
    """Return the address on which a click subscribes a calendar program."""
    return "webcal://" + letters.absolute(path).split("://", 1)[1]


def calendar_answer(
    events: Sequence[DatedEvent],
    *,
    name: str,
    filename: str,
    organizer: Mailbox,
    private: bool = False,
) -> Response:
    """Return the events as a calendar file, or 304 when the asking program has it already.

    The tag is made of the events, so that an unchanged calendar is not even written.
    ``private`` keeps one person's calendar out of shared caches and search engines.
    """
    tag = _tag_of(repr((EDITION, name, organizer, events)))
    if request.if_none_match.contains_weak(tag):
        answer = Response(mimetype=MEDIA_TYPE, status=304)
    else:
        answer = _file(_written(events, name, organizer), filename)
    return _marked(answer, tag, _changed_at(events), private=private)


def feed_answer(
    stamp: str,
    make: Callable[[], Sequence[DatedEvent]],
    *,
    name: str,
    filename: str,
    organizer: Mailbox,
) -> Response:
    """Return a private feed of which ``stamp`` says all that it depends on.

    Its events are made only where this process has not written just this feed before.
    """
    base_url = current_app.extensions["settings"].base_url
    about = repr((EDITION, name, organizer, base_url))
    tag = _tag_of(f"{about}\n{stamp}")
    if request.if_none_match.contains_weak(tag):
        known = _feeds.get(tag)
        answer = Response(mimetype=MEDIA_TYPE, status=304)
        return _marked(answer, tag, known.changed_at if known else None, private=True)
    known = _feeds.get(tag)
    if known is None:
        events = make()
        known = Written(_written(events, name, organizer), _changed_at(events))
        _feeds.keep(tag, known)
    return _marked(_file(known.content, filename), tag, known.changed_at, private=True)


def _tag_of(spoken: str) -> str:
    return hashlib.sha256(spoken.encode("utf-8", "backslashreplace")).hexdigest()[:32]


class Written(NamedTuple):
    """A calendar file, and when the last of its events changed."""

    content: bytes
    changed_at: datetime | None


class _Feeds:
    """The feeds written last, by the tag of everything that they depend on.

    A tag never means anything else, so that nothing here is ever out of date; what nobody asks
    for any more makes room. Threads may write the same feed twice, which only takes time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._written: OrderedDict[str, Written] = OrderedDict()

    def get(self, tag: str) -> Written | None:
        """Return the feed of this tag, if it was written lately."""
        with self._lock:
            if tag in self._written:
                self._written.move_to_end(tag)
            return self._written.get(tag)

    def keep(self, tag: str, written: Written) -> None:
        """Keep a feed, and let go of the one nobody asked for longest."""
        with self._lock:
            self._written[tag] = written
            if len(self._written) > self._most:
                self._written.popitem(last=False)


_feeds = _Feeds(MOST_FEEDS)


def _written(events: Sequence[DatedEvent], name: str, organizer: Mailbox) -> bytes:
    writer: CalendarWriter = current_app.extensions["ports"].calendar
    return writer.write(events, name=name, organizer=organizer)


def _changed_at(events: Sequence[DatedEvent]) -> datetime | None:
    return max((event.changed_at for event in events), default=None)


def _file(content: bytes, filename: str) -> Response:
    answer = Response(content, mimetype=MEDIA_TYPE)
    answer.headers.set("Content-Disposition", "inline", filename=filename)
    return answer


def _marked(answer: Response, tag: str, changed_at: datetime | None, *, private: bool) -> Response:
    # Weakly compared above: a proxy that compresses the answer marks its tag as weak.
    answer.set_etag(tag)
    # For information only: what leaves a calendar leaves no later date behind, so that only
    # the tag can tell whether it changed.
    if changed_at is not None:
        answer.last_modified = changed_at
    answer.cache_control.no_cache = True  # keep it, but ask each time whether it changed
    if private:
        answer.cache_control.private = True
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer
