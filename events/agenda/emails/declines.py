"""The mail that tells a consortium who cannot come, once a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consortium.letters import letter
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say
from events.registration.emails.parts import page
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class Decline:
    """Someone who said of a session: I cannot come."""

    name: str
    session: Session
    comment: str


def declined(tenant: Tenant, day: date, declines: Sequence[Decline]) -> Email:
    """Tell who said on a day that they cannot come to which sessions, by institute."""
    institutes = {one.session.institute.id: one.session.institute for one in declines}
    return letter(
        "agenda/declined",
        to=tenant.reply_address,
        subject=say("People who cannot come to sessions: %(count)s", count=len(declines)),
        tenant=tenant,
        day=day,
        groups=[
            (
                institute,
                [one for one in declines if one.session.institute_id == institute.id],
                page(institute, "agenda.turnout", slug=institute.slug),
            )
            for institute in institutes.values()
        ],
    )
