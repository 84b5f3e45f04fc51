"""Those who were there and have not answered are asked again, once a day at most."""

from collections.abc import Sequence
from datetime import timedelta

from consortium import clock
from consortium.audit import service as audit
from consortium.outbox import service as outbox
from consortium.words import say
from events.credit.domain.rules import CreditRefused
from events.credit.emails import evaluation_reminder
from events.credit.service.evaluations.asking import get_form, kept_row
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
    get_form(institute).check_open(institute)
    row = kept_row(institute, "whole")
    now = clock.now()
    if row.reminded_at is not None and now - row.reminded_at < APART:
        raise CreditRefused(say("They were reminded today. Wait until tomorrow."))
    people = to_remind(institute)
    if not people:
        raise CreditRefused(say("Everyone who was there has answered."))
    for record in people:
        about = f"evaluation:{row.id}:{record.attendee.person_id}"
        outbox.supersede(about)
        unlocks = any(one.rule.evaluation for one in record.due.credits)
        outbox.promise(
            evaluation_reminder(
                institute, record.attendee.email, record.attendee.name, unlocks=unlocks
            ),
            about=about,
            dedupe_key=f"{about}:{now.date().isoformat()}",
        )
    row.reminded_at = now
    audit.record(
        "remind_of_evaluation", f"evaluation:{row.id}", by=by, after={"people": len(people)}
    )
    return len(people)
