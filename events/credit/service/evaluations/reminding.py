"""Those who were there and have not answered are asked again, once a day at most."""

from collections.abc import Sequence
from datetime import timedelta

from consortium import clock
from consortium.audit import service as audit
from consortium.outbox import service as outbox
from consortium.ports import Email
from consortium.words import say
from events.credit.domain.asking import Asking
from events.credit.domain.rules import CreditRefused
from events.credit.emails import evaluation_asked
from events.credit.service.evaluations.answering import about
from events.credit.service.evaluations.asking import WHOLE, Form, get_form, kept_row
from events.credit.service.records import Record, records_of
from events.institutes.models import Institute

APART = timedelta(hours=20)
"""At least so long between two reminders."""


def to_remind(institute: Institute) -> Sequence[Record]:
    """Return those who were there and have not answered."""
    return [
        record
        for record in records_of(institute).people
        if record.stays and not record.answered and record.attendee.email
    ]


def remind(institute: Institute, *, by: str) -> int:
    """Remind those who were there and have not answered; return how many. Names nobody's answer.

    Raises ``CreditRefused`` before people can answer, and when they were reminded today already.
    """
    form = get_form(institute)
    form.check_open(institute)
    row = kept_row(institute, WHOLE)
    now = clock.now()
    if row.reminded_at is not None and now - row.reminded_at < APART:
        raise CreditRefused(say("They were reminded today. Wait until tomorrow."))
    people = to_remind(institute)
    if not people:
        raise CreditRefused(say("Everyone who was there has answered."))
    for record in people:
        subject = about(row.id, record.attendee.person_id)
        outbox.supersede(subject)
        outbox.promise(
            mail_to(institute, form, record),
            about=subject,
            dedupe_key=f"{subject}:{now.date().isoformat()}",
        )
    row.reminded_at = now
    audit.record(
        "remind_of_evaluation", f"evaluation:{row.id}", by=by, after={"people": len(people)}
    )
    return len(people)


def mail_to(institute: Institute, form: Form, record: Record) -> Email:
    """Return the mail that asks one person."""
    whole = form.part.key == WHOLE
    asking = Asking(
        key=form.part.key,
        part="" if whole else form.part.title,
        closes_on=form.closes_on,
        unlocks=whole and record.waits_for_evaluation,
    )
    return evaluation_asked(institute, record.attendee.email, record.attendee.name, asking)
