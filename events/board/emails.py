"""Reminders, by a coordinator's button or by rule."""

from collections.abc import Sequence

from consortium.database import db
from consortium.letters import letter
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say
from events.board.domain.reminders import Kind, Reminder
from events.institutes.domain import Due
from events.institutes.models import Institute
from events.registration.emails.parts import page

SUBJECTS = {
    Kind.CONFIRM: "Please confirm your seat: %(title)s",
    Kind.SUBMIT: "Your team is still a draft: %(title)s",
    Kind.COMPLETE: "Your team is not complete yet: %(title)s",
    Kind.ANSWER: "Answers are missing: %(title)s",
}


def reminder(institute: Institute, due: Reminder, *, closes: Due | None) -> Email:
    """Return the mail that asks one person for all that is due of one kind.

    It leads to the signed-in page of that person's teams and seats: invitations are known here
    by their digests only, so their links cannot be written again.
    """
    return letter(
        f"board/{due.kind}",
        to=due.to.email,
        subject=say(SUBJECTS[due.kind], title=institute.title),
        name=due.to.name,
        institute=institute,
        matters=due.matters,
        closes=closes,
        tenant=db.session.get_one(Tenant, institute.tenant_id),
        link=page(institute, "registration.mine"),
    )


def incomplete(institute: Institute, late: Sequence[Reminder]) -> Email:
    """Tell the host which teams are not complete although their deadline has passed."""
    tenant = db.session.get_one(Tenant, institute.tenant_id)
    matters = {matter.id: matter for reminder in late for matter in reminder.matters}
    return letter(
        "board/incomplete",
        to=tenant.reply_address,
        subject=say("Teams that are not complete: %(title)s", title=institute.title),
        institute=institute,
        matters=sorted(matters.values(), key=lambda matter: matter.team),
        tenant=tenant,
        link=page(institute, "board.show", slug=institute.slug),
    )
