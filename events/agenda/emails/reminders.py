"""The mail that asks someone to choose sessions."""

from collections.abc import Sequence

from consortium.database import db
from consortium.letters import letter
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say
from events.agenda.domain import Member, OpenRound
from events.institutes.models import Institute
from events.registration.emails.parts import page


def choose_now(
    institute: Institute, member: Member, rounds: Sequence[OpenRound], *, until: str
) -> Email:
    """Ask someone to choose sessions in the ``rounds`` that are still open to them.

    ``until`` says until when, where there is an end.
    """
    return letter(
        "agenda/choose",
        to=member.email,
        subject=say("Please choose your sessions at %(title)s", title=institute.title),
        name=member.name,
        institute=institute,
        rounds=rounds,
        until=until,
        tenant=db.session.get_one(Tenant, institute.tenant_id),
        link=page(institute, "agenda.show", slug=institute.slug),
    )
