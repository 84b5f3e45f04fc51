"""What must be true of reflections and of the library."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cohorts.reflections.domain import is_published, search_text
from cohorts.reflections.models import Lesson, Reflection
from consortium.database import db
from consortium.verify.domain import Check
from events.facade.teams import teams_with


def shown_without_agreement() -> Iterator[str]:
    """Find lessons that others see without both sides' agreement to their text, or do not with."""
    statement = select(Lesson).options(selectinload(Lesson.agreements)).order_by(Lesson.id)
    for lesson in db.session.scalars(statement):
        agreed = lesson.removed_at is None and is_published(lesson.agreed, lesson.text.digest)
        if agreed != (lesson.published_at is not None):
            yield f"lesson:{lesson.id} is shown otherwise than both sides agreed."


def found_by_other_words() -> Iterator[str]:
    """Find lessons that a search finds by words which are not theirs."""
    for lesson in db.session.scalars(select(Lesson).order_by(Lesson.id)):
        if lesson.search_text != search_text(lesson.text):
            yield f"lesson:{lesson.id} is found by other words than it has."


def written_elsewhere() -> Iterator[str]:
    """Find reflections of teams of another cohort than the meeting's."""
    rows = db.session.execute(
        select(Reflection.id, Reflection.team_id, Reflection.institute_id).order_by(Reflection.id)
    ).all()
    teams = {team.id: team.institute_id for team in teams_with({row.team_id for row in rows})}
    for row in rows:
        if teams.get(row.team_id, row.institute_id) != row.institute_id:
            yield f"reflection:{row.id} is of a team of another cohort."


CHECKS: Sequence[Check] = (
    Check(
        code="I9-lessons",
        words="A lesson is shown to others exactly while both sides agree to its text.",
        find=shown_without_agreement,
    ),
    Check(
        code="I44-lessons",
        words="A search finds lessons by what they say.",
        find=found_by_other_words,
    ),
    Check(
        code="I9-reflections",
        words="Teams look back on meetings of their own cohort.",
        find=written_elsewhere,
    ),
)
