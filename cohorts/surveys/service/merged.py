"""What of two records' places in surveys stays when they become one person, or one partnership.

Only lists and sealed links are touched. A merge writes down what it does, so it must never name a
pseudonym: places and answers stay as they are.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from cohorts.learning.service import Joining
from cohorts.surveys.models import SurveyLink, SurveyName, SurveyPartnership, SurveyWave
from cohorts.surveys.service.links import link_of, mark_of
from cohorts.surveys.service.mails import drop_mails, silent
from consortium.database import db
from consortium.merging.service import Moves
from consortium.people.models import Person

Row = TypeVar("Row", SurveyPartnership, SurveyLink, SurveyName)


def merge_names(moves: Moves) -> None:
    """Let one person stand once on each list, with one pseudonym in each partnership. Flushes.

    Where both records have a pseudonym already, the kept one's goes on; what was answered under
    either stays and counts. Who has answered a survey under one record is not asked again under
    the other.
    """
    kept, gone = (_email(one) for one in (moves.kept, moves.gone))
    if not kept or not gone or kept == gone:
        return
    rows = db.session.scalars(select(SurveyName).where(SurveyName.email == gone)).all()
    there = {
        (row.wave_id, row.partnership_id): row
        for row in db.session.scalars(select(SurveyName).where(SurveyName.email == kept))
    }
    for partnership_id in sorted({row.partnership_id for row in rows}):
        relinked = _relink(moves, partnership_id, kept=kept, gone=gone)
        for row in rows:
            if row.partnership_id != partnership_id:
                continue
            twin = there.get((row.wave_id, partnership_id))
            if twin is not None:
                _leave_one_name(moves, row, twin)
            elif relinked or not _drawn(row.wave_id):
                moves.change(row, email=kept)
    db.session.flush()


def _leave_one_name(moves: Moves, gone: SurveyName, kept: SurveyName) -> None:
    """Take one of two names off a list: the gone one's, unless it alone has answered."""
    wave = db.session.get_one(SurveyWave, gone.wave_id)
    extra = kept if silent(wave, [gone, kept]) == [kept] else gone
    drop_mails([extra.id])
    moves.remove(extra)


def join_waves(joining: Joining) -> None:
    """Let two partnerships that become one stand once in each wave, and each person too."""
    _leave_one(joining, SurveyPartnership, lambda row: (row.wave_id,))
    _leave_one(joining, SurveyLink, lambda row: (row.who,))
    _leave_one(joining, SurveyName, lambda row: (row.wave_id, row.email))


def _leave_one(joining: Joining, model: type[Row], key_of: Callable[[Row], Hashable]) -> None:
    """Remove what the gone partnership has of what the kept one has already."""
    kept, gone = joining.kept.id, joining.gone.id
    theirs = select(model).where(model.partnership_id.in_([kept, gone]))
    rows = db.session.scalars(theirs).all()
    known = {key_of(row) for row in rows if row.partnership_id == kept}
    for row in rows:
        if row.partnership_id == gone and key_of(row) in known:
            joining.moves.remove(row)


def _relink(moves: Moves, partnership_id: UUID, *, kept: str, gone: str) -> bool:
    """Let the kept address lead to the gone one's pseudonym, unless it has one of its own."""
    link = link_of(partnership_id, gone)
    if link is None or link_of(partnership_id, kept) is not None:
        return False
    moves.change(link, who=mark_of(kept))
    return True


def _drawn(wave_id: UUID) -> bool:
    opened = select(SurveyWave.opened_at).where(SurveyWave.id == wave_id)
    return db.session.scalar(opened) is not None


def _email(person_id: UUID) -> str:
    person = db.session.get(Person, person_id)
    return person.email if person is not None else ""
