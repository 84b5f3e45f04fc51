"""Mails with a personal address: to everyone when it opens, then to those who are silent."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from cohorts.surveys.emails import asked
from cohorts.surveys.models import SurveyName, SurveyReply, SurveyWave
from cohorts.surveys.service.links import letter_token, pseudonyms_of
from consortium import clock
from consortium.database import db
from consortium.outbox import service as outbox

MOST_AT_ONCE = 200
"""Nobody else writes to SQLite until all are written."""


def about(name_id: UUID) -> str:
    """Return what the mails to someone on a list are about."""
    return f"survey:{name_id}"


def drop_mails(name_ids: Iterable[UUID]) -> None:
    """Drop the unsent mails to people on a list."""
    subjects = [about(name_id) for name_id in name_ids]
    for first in range(0, len(subjects), MOST_AT_ONCE):
        outbox.supersede(*subjects[first : first + MOST_AT_ONCE])


def promise_mails(wave: SurveyWave, names: Sequence[SurveyName], *, again: bool) -> int:
    """Promise these people the mail with their address; return how many. Flushes."""
    today = wave.window.today(clock.now())
    tokens = [letter_token(one.id) for one in names]
    mails = asked(wave, [(one.email, one.name) for one in names], tokens, again=again)
    outbox.promise_all([(mail, about(one.id)) for mail, one in zip(mails, names, strict=True)])
    for one in names:
        if again:
            one.reminded_on = today
        else:
            one.asked_on = today
    db.session.flush()
    return len(names)


def silent(wave: SurveyWave, names: Collection[SurveyName]) -> list[SurveyName]:
    """Return those of these people who have not answered. Only the mails ask this."""
    by_partnership: dict[UUID, list[SurveyName]] = {}
    for one in names:
        by_partnership.setdefault(one.partnership_id, []).append(one)
    found: list[SurveyName] = []
    for partnership_id, theirs in by_partnership.items():
        pseudonyms = pseudonyms_of(partnership_id, [one.email for one in theirs])
        answered = set(
            db.session.scalars(
                select(SurveyReply.pseudonym).where(
                    SurveyReply.wave_id == wave.id, SurveyReply.partnership_id == partnership_id
                )
            )
        )
        found += [one for one in theirs if pseudonyms.get(one.email) not in answered]
    return found
