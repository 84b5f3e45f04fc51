"""A calendar file as an answer to a calendar program, which asks again and again."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from flask import Response, current_app, request

from consortium import letters
from consortium.calendar.domain.reply_addresses import reply_address
from consortium.ports import CalendarWriter, DatedEvent, Mailbox
from consortium.settings import Settings
from consortium.tenants.models import Tenant

MEDIA_TYPE = "text/calendar"
# Raised when the writer's output changes, so that programs do not keep the old one.
EDITION = "2"


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
    spoken = repr((EDITION, name, organizer, events)).encode("utf-8", "backslashreplace")
    tag = hashlib.sha256(spoken).hexdigest()[:32]
    answer = Response(mimetype=MEDIA_TYPE, status=304)
    # Weakly: a proxy that compresses the answer marks its tag as weak.
    if not request.if_none_match.contains_weak(tag):
        writer: CalendarWriter = current_app.extensions["ports"].calendar
        answer = Response(writer.write(events, name=name, organizer=organizer), mimetype=MEDIA_TYPE)
        answer.headers.set("Content-Disposition", "inline", filename=filename)
    answer.set_etag(tag)
    # For information only: what leaves a calendar leaves no later date behind, so that only
    # the tag can tell whether it changed.
    if events:
        answer.last_modified = max(event.changed_at for event in events)
    answer.cache_control.no_cache = True  # keep it, but ask each time whether it changed
    if private:
        answer.cache_control.private = True
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer
