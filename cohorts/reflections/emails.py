"""Mails about lessons."""

from cohorts.learning.emails import about_partnership
from cohorts.learning.models import Partnership
from cohorts.reflections.models import Lesson
from consortium.people.models import Person
from consortium.ports import Email
from consortium.words import say


def asks_lesson(lesson: Lesson, partnership: Partnership, *, to: Person) -> Email:
    """Ask a lead of the other side whether a lesson may be shown."""
    return about_partnership(
        "reflections/asks_lesson",
        partnership,
        to=to,
        subject=say("May others read it? A lesson of %(who)s", who=partnership.title),
        link=("reflections.lesson", {"lesson_id": lesson.id}),
        lesson=lesson,
    )
