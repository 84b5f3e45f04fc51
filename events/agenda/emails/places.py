"""Mails about one's own places in sessions."""

from collections.abc import Sequence
from dataclasses import dataclass

from consortium.database import db
from consortium.letters import letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say
from events.agenda.domain import Member
from events.institutes.models import Institute
from events.registration.emails.parts import page
from events.schedule import service as schedule


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing that happened, and what follows from it."""

    news: str
    more: tuple[str, ...]


def places_changed(institute: Institute, told: Sequence[News], *, to: Person) -> Email:
    """Tell someone what became of places in sessions: one mail, whatever it was.

    It brings the person's calendar up to date, too.
    """
    subject = (
        told[0].news
        if len(told) == 1
        else say("Your sessions at %(title)s changed", title=institute.title)
    )
    return letter(
        "agenda/places",
        to=to.email,
        subject=subject,
        attachments=(schedule.calendar_files(institute, to.id),),
        name=to.name,
        institute=institute,
        told=told,
        tenant=db.session.get_one(Tenant, institute.tenant_id),
        link=page(institute, "agenda.show", slug=institute.slug),
    )


def choose_now(institute: Institute, member: Member, *, until: str) -> Email:
    """Ask someone to choose sessions; ``until`` says until when, where there is an end."""
    return letter(
        "agenda/choose",
        to=member.email,
        subject=say("Please choose your sessions at %(title)s", title=institute.title),
        name=member.name,
        institute=institute,
        until=until,
        tenant=db.session.get_one(Tenant, institute.tenant_id),
        link=page(institute, "agenda.show", slug=institute.slug),
    )
