"""The mails that a coordinator's reminders are."""

from flask import url_for

from consortium.letters import absolute, letter
from consortium.ports import Email
from consortium.words import say
from events.board.domain.reminders import Kind, Reminder
from events.institutes.domain import Due
from events.institutes.models import Institute

SUBJECTS = {
    Kind.CONFIRM: "Please confirm your seat: %(title)s",
    Kind.SUBMIT: "Your team is still a draft: %(title)s",
    Kind.COMPLETE: "Your team is not complete yet: %(title)s",
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
        link=absolute(url_for("registration.mine")),
    )
