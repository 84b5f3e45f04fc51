"""The mail that tells what changed on an agenda, and brings the calendar up to date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consortium.database import db
from consortium.letters import letter
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say
from events.agenda.domain import Change, Kind
from events.institutes.models import Institute
from events.registration.emails.parts import page

SUBJECTS: Mapping[Kind, str] = {
    Kind.NEW: "New on your agenda: %(title)s",
    Kind.CHANGED: "Changed: %(title)s",
    Kind.CANCELLED: "Cancelled: %(title)s",
    Kind.UNDATED: "Date to be set: %(title)s",
    Kind.GONE: "No longer on your agenda: %(title)s",
}


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing that happened to someone's place in a session, and what follows from it."""

    news: str
    more: tuple[str, ...]


def agenda_changed(
    institute: Institute,
    changes: Sequence[Change],
    *,
    news: Sequence[News] = (),
    note: str = "",
) -> Email:
    """Tell what changed on an agenda since its owner was told of it last, in plain words.

    The words name nobody, so that they are written once for everyone whose agenda changed alike,
    and addressed to each. ``news`` is what became of the owner's places; ``note`` is what the
    hosts say of the change themselves.
    """
    return letter(
        "agenda/changed",
        to="",
        subject=_subject(institute, changes, news),
        institute=institute,
        changes=changes,
        news=news,
        note=note,
        link=page(institute, "agenda.show", slug=institute.slug),
        tenant=db.session.get_one(Tenant, institute.tenant_id),
    )


def _subject(institute: Institute, changes: Sequence[Change], news: Sequence[News]) -> str:
    title = institute.title
    if news:
        only = len(news) == 1 and len(changes) <= 1
        return news[0].news if only else say("Your sessions at %(title)s changed", title=title)
    if len(changes) > 1 and {change.kind for change in changes} == {Kind.NEW}:
        return say(
            "New on your agenda: %(count)s sessions at %(title)s", count=len(changes), title=title
        )
    if len(changes) > 1:
        return say("%(count)s changes to your agenda: %(title)s", count=len(changes), title=title)
    (change,) = changes
    words = SUBJECTS[change.kind]
    if change.moved:
        words = "New day: %(title)s" if change.other_day else "New time: %(title)s"
    elif change.other_place:
        words = "New place: %(title)s"
    return say(words, title=change.facts.title)
