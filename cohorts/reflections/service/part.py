"""What a partnership's own page says of its lessons."""

from collections.abc import Iterator

from sqlalchemy import func, select

from cohorts.learning.service.parts import Part, partnership_part
from cohorts.learning.service.standing import Standing
from cohorts.reflections.models import Lesson
from consortium.database import db
from consortium.words import say


@partnership_part(60)
def lessons_part(standing: Standing) -> Iterator[Part]:
    """List the partnership's lessons, to its own people alone."""
    if not standing.belongs:
        return
    counts = select(func.count(Lesson.id), func.count(Lesson.published_at)).where(
        Lesson.partnership_id == standing.partnership.id, Lesson.removed_at.is_(None)
    )
    written, shown = db.session.execute(counts).one()
    yield Part(
        title=say("Lessons"),
        says=[say("Written: %(n)s. In the library: %(m)s.", n=written, m=shown)],
        endpoint="reflections.lessons",
    )
