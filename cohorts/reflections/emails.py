"""Mails about lessons."""

from cohorts.learning.models import Partnership
from cohorts.reflections.models import Lesson
from consortium.database import db
from consortium.letters import address_at, letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say


def asks_lesson(lesson: Lesson, partnership: Partnership, *, to: Person) -> Email:
    """Ask a lead of the other side whether a lesson may be shown."""
    tenant = db.session.get_one(Tenant, lesson.tenant_id)
    return letter(
        "reflections/asks_lesson",
        to=to.email,
        subject=say("May others read it? A lesson of %(who)s", who=partnership.title),
        name=to.name or to.email,
        tenant=tenant,
        lesson=lesson,
        partnership=partnership,
        link=address_at(tenant.slug, "reflections.lesson", lesson_id=lesson.id),
    )
