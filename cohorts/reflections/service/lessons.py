"""A partnership writes a lesson; others see it while both sides agree to exactly its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cohorts.learning import service as learning
from cohorts.learning.domain.partners import TableSide
from cohorts.learning.service import Standing
from cohorts.learning.service.access import belongs
from cohorts.reflections import emails
from cohorts.reflections.domain import (
    WORDING,
    LessonText,
    ReflectionRefused,
    check_lesson,
    is_published,
    search_text,
    standing,
)
from cohorts.reflections.models import ONE_AGREEMENT, Lesson, LessonAgreement, Reflection
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold, translating
from consortium.errors import Conflict, NotFound
from consortium.outbox import service as outbox
from consortium.people.models import Person
from consortium.words import say

NOT_THERE = say("There is no lesson of yours at this address.")


@dataclass(frozen=True, kw_only=True)
class LessonPage:
    """A lesson as someone of its partnership sees it."""

    lesson: Lesson
    seen: Standing
    agreed: frozenset[TableSide]

    @property
    def side(self) -> TableSide | None:
        """The side for which the reader agrees."""
        return self.seen.signs_for

    @property
    def waits_for(self) -> tuple[TableSide, ...]:
        """The sides that do not agree to this text yet."""
        return tuple(side for side in TableSide if side not in self.agreed)


def lessons_of(partnership_id: UUID, person_id: UUID | None) -> tuple[Standing, Sequence[Lesson]]:
    """Return a partnership's lessons, newest first, to its own people. Raises ``NotFound``."""
    seen = _own(partnership_id, person_id)
    statement = (
        select(Lesson)
        .where(Lesson.partnership_id == partnership_id, Lesson.removed_at.is_(None))
        .options(selectinload(Lesson.agreements))
        .order_by(Lesson.written_at.desc(), Lesson.id)
    )
    return seen, db.session.scalars(statement).all()


def body_from(reflection_id: UUID | None, person_id: UUID | None) -> str:
    """Return what one wrote oneself, or one's team wrote, as the beginning of a lesson.

    Nothing for anything else: what others share is not for one to pass on.
    """
    found = select(Reflection).where(Reflection.id == reflection_id)
    one = db.session.scalar(found) if reflection_id and person_id else None
    if one is None:
        return ""
    of_team = one.person_id is None and belongs(learning.team_at(one.team_id), person_id)
    if one.person_id != person_id and not of_team:
        return ""
    return "\n\n".join(answer for _, answer in one.answers)


def lesson_page(lesson_id: UUID, person_id: UUID | None) -> LessonPage:
    """Return a lesson to the people of its partnership. Raises ``NotFound`` for others."""
    lesson = _load(lesson_id)
    seen = _own(lesson.partnership_id, person_id)
    return LessonPage(lesson=lesson, seen=seen, agreed=standing(lesson.agreed, lesson.text.digest))


def write_lesson(
    partnership_id: UUID, text: LessonText, person_id: UUID | None, *, by: str
) -> Lesson:
    """Write a lesson; nobody else sees it before both sides agree. Flushes.

    Raises ``NotFound`` for strangers, ``ReflectionRefused`` as ``check_lesson`` does.
    """
    seen = _writing(partnership_id, person_id)
    check_lesson(text, [member.name for member in seen.who.members])
    lesson = Lesson(
        partnership_id=partnership_id,
        title=text.title,
        topic=text.topic,
        body=text.body,
        search_text=search_text(text),
        written_by=by,
        written_at=clock.now(),
    )
    db.session.add(lesson)
    db.session.flush()
    audit.record(
        "write_lesson",
        f"lesson:{lesson.id}",
        by=by,
        after={"partnership": str(partnership_id), "title": text.title},
    )
    return lesson


def change_lesson(
    lesson_id: UUID, text: LessonText, version: int, person_id: UUID | None, *, by: str
) -> Lesson:
    """Change a lesson; nobody else sees it any more until both sides agree anew. Flushes.

    Raises as ``write_lesson`` does, and ``Conflict`` with both texts.
    """
    lesson, seen = _held(lesson_id, person_id)
    if lesson.text == text:
        return lesson
    if lesson.version != version:
        rows = (
            (say("Title"), lesson.title, text.title),
            (say("The lesson"), lesson.body, text.body),
        )
        raise Conflict(
            say("Someone else changed this lesson while your page was open. Nothing was saved."),
            versions=tuple(row for row in rows if row[1] != row[2]),
        )
    check_lesson(text, [member.name for member in seen.who.members])
    before = lesson.text.digest
    _end_agreements(lesson, tuple(TableSide))
    lesson.title, lesson.topic, lesson.body = text.title, text.topic, text.body
    lesson.search_text = search_text(text)
    lesson.version += 1
    db.session.flush()
    outbox.supersede(about(lesson.id))
    audit.record(
        "change_lesson",
        f"lesson:{lesson.id}",
        by=by,
        before={"digest": before},
        after={"digest": text.digest},
    )
    return lesson


def agree_to_lesson(  # noqa: PLR0913  (what exactly is agreed to)
    lesson_id: UUID,
    digest: str,
    person_id: UUID | None,
    *,
    named: bool,
    for_reports: bool,
    by: str,
) -> Lesson:
    """Agree for one's side to show exactly this text; with both sides others see it. Flushes.

    Raises ``ReflectionRefused`` for who speaks for no side, and where the text changed meanwhile.
    """
    lesson, seen = _held(lesson_id, person_id)
    side = seen.signs_for
    member = seen.who.member(person_id)
    if side is None or member is None:
        raise ReflectionRefused(say("A lead of each side agrees to what is shown to others."))
    if digest != lesson.text.digest:
        raise ReflectionRefused(
            say("The text was changed meanwhile. Read it as it is now; then agree.")
        )
    if side in standing(lesson.agreed, digest):
        raise ReflectionRefused(say("Your side agrees to this text."))
    lesson.agreements.append(
        LessonAgreement(
            side=side,
            person_id=member.person_id,
            name=f"{member.name}, {member.office}" if member.office else member.name,
            digest=digest,
            wording=WORDING,
            named=named,
            for_reports=for_reports,
            given_at=clock.now(),
        )
    )
    if is_published(lesson.agreed, digest):
        lesson.published_at = clock.now()
    at_once = ReflectionRefused(say("Someone agreed for your side at this moment."))
    with translating(ONE_AGREEMENT, into=at_once):
        db.session.flush()
    _ask_the_others(lesson, seen, side)
    audit.record(
        "agree_to_lesson",
        f"lesson:{lesson.id}",
        by=by,
        after={"side": side.value, "digest": digest, "published": bool(lesson.published_at)},
    )
    return lesson


def withdraw_lesson(lesson_id: UUID, person_id: UUID | None, *, by: str) -> Lesson:
    """Take one's side's agreement back: nobody else sees the lesson from this moment. Flushes."""
    lesson, seen = _held(lesson_id, person_id)
    side = seen.signs_for
    if side is None or side not in standing(lesson.agreed, lesson.text.digest):
        raise ReflectionRefused(say("Your side does not agree to this text, so nobody sees it."))
    before = lesson.published_at is not None
    _end_agreements(lesson, (side,))
    db.session.flush()
    outbox.supersede(about(lesson.id))
    audit.record(
        "withdraw_lesson",
        f"lesson:{lesson.id}",
        by=by,
        before={"side": side.value, "published": before},
    )
    return lesson


def remove_lesson(lesson_id: UUID, person_id: UUID | None, *, by: str) -> Lesson:
    """Delete a lesson for everyone. Flushes."""
    lesson, _ = _held(lesson_id, person_id)
    _end_agreements(lesson, tuple(TableSide))
    lesson.removed_at = clock.now()
    db.session.flush()
    outbox.supersede(about(lesson.id))
    audit.record("remove_lesson", f"lesson:{lesson.id}", by=by, before={"title": lesson.title})
    return lesson


def about(lesson_id: UUID) -> str:
    """Return what mails about a lesson are filed under."""
    return f"lesson:{lesson_id}"


def _own(partnership_id: UUID, person_id: UUID | None) -> Standing:
    """Return the partnership to one of its people; drafts are for nobody else."""
    seen = learning.standing_in(partnership_id, person_id, hosts=False)
    if not seen.belongs:
        raise NotFound(NOT_THERE)
    return seen


def _writing(partnership_id: UUID, person_id: UUID | None) -> Standing:
    seen = _own(partnership_id, person_id)
    if seen.side is None:
        raise ReflectionRefused(say("People of the two sides write lessons."))
    return seen


def _held(lesson_id: UUID, person_id: UUID | None) -> tuple[Lesson, Standing]:
    seen = _writing(_load(lesson_id).partnership_id, person_id)
    hold(Lesson.id, lesson_id)
    return _load(lesson_id), seen


def _load(lesson_id: UUID) -> Lesson:
    statement = (
        select(Lesson)
        .where(Lesson.id == lesson_id, Lesson.removed_at.is_(None))
        .options(selectinload(Lesson.agreements), joinedload(Lesson.partnership))
        .execution_options(populate_existing=True)
    )
    lesson = db.session.scalar(statement)
    if lesson is None:
        raise NotFound(NOT_THERE)
    return lesson


def _end_agreements(lesson: Lesson, sides: Sequence[TableSide]) -> None:
    for one in lesson.agreements:
        if one.side in sides and one.withdrawn_at is None:
            one.withdrawn_at = clock.now()
    lesson.published_at = None


def _ask_the_others(lesson: Lesson, seen: Standing, side: TableSide) -> None:
    """Ask the other side's leads; once it is shown, nobody is asked any more."""
    outbox.supersede(about(lesson.id))
    if lesson.published_at is not None:
        return
    wanted = [member.person_id for member in seen.who.speakers(side.other)]
    people = select(Person).where(Person.id.in_(wanted)).order_by(Person.id)
    for person in db.session.scalars(people):
        outbox.promise(
            emails.asks_lesson(lesson, seen.partnership, to=person), about=about(lesson.id)
        )
