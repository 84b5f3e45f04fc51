"""The mail that tells what changed on an agenda, and brings the calendar up to date."""

from collections.abc import Mapping, Sequence

from consortium.database import db
from consortium.letters import letter
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import Sentence, say
from events.agenda.domain import Change, Kind
from events.institutes.models import Institute
from events.registration.emails.parts import page

SUBJECTS: Mapping[Kind, str] = {
    Kind.NEW: "New on your agenda: %(title)s",
    Kind.CHANGED: "Changed: %(title)s",
    Kind.CANCELLED: "Cancelled: %(title)s",
    Kind.GONE: "No longer on your agenda: %(title)s",
}


def agenda_changed(institute: Institute, changes: Sequence[Change], *, note: str = "") -> Email:
    """Tell what changed on an agenda since its owner was told of it last, in plain words.

    The words name nobody, so that they are written once for everyone whose agenda changed alike,
    and addressed to each. ``note`` is what the hosts say of the change themselves.
    """
    return letter(
        "agenda/changed",
        to="",
        subject=_subject(institute, changes),
        institute=institute,
        changes=changes,
        note=note,
        link=page(institute, "agenda.show", slug=institute.slug),
        tenant=db.session.get_one(Tenant, institute.tenant_id),
    )


def _subject(institute: Institute, changes: Sequence[Change]) -> Sentence:
    if len(changes) == 1:
        (change,) = changes
        if change.moved and not change.other_day:
            return say("New time: %(title)s", title=change.facts.title)
        if change.moved:
            return say("New day: %(title)s", title=change.facts.title)
        if change.other_place and not change.other_link:
            return say("New place: %(title)s", title=change.facts.title)
        return say(SUBJECTS[change.kind], title=change.facts.title)
    return say(
        "%(count)s changes to your agenda: %(title)s", count=len(changes), title=institute.title
    )
