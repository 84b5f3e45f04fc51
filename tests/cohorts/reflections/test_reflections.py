"""Reflections and lessons: who reads them, how both sides share them and take them back."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from cohorts.reflections import service as reflections
from cohorts.reflections.domain import LessonText, ReflectionRefused, Visibility
from cohorts.reflections.models import Lesson, Reflection
from cohorts.reflections.service import Said, Wanted
from cohorts.reflections.service.invariants import CHECKS
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import Conflict, NotFound
from consortium.merging import service as merging
from consortium.tenants.models import Tenant
from events import facade
from tests.cohorts.plans.stage import Stage, mails, make_stage
from tests.factories import make_person, make_session

TUESDAYS = LessonText(
    title="Meet on Tuesdays",
    topic="meetings",
    body="We moved our joint meeting to Tuesdays. Since then both sides come.",
)
YEAR = (date(2025, 7, 1), date(2026, 6, 30))


@pytest.fixture
def stage(tenant: Tenant) -> Stage:
    one = make_stage()
    make_session(one.institute, "first", "2026-02-10T16:00", "2026-02-10T18:00", meeting=True)
    return one


def said(text: str, visibility: Visibility = Visibility.TEAM) -> Said:
    return Said(answers=[("What did we hear?", text), ("What now?", "")], visibility=visibility)


def spot(stage: Stage, who: str, *, hosts: bool = False) -> reflections.Spot:
    person_id = None if hosts else stage.who(who).person_id
    return reflections.spot_at(stage.team.id, "first", person_id, hosts=hosts)


def reads(stage: Stage, person_id, *, hosts: bool = False) -> list[str]:  # type: ignore[no-untyped-def]
    reading = reflections.reading_of(stage.institute.id, person_id, hosts=hosts)
    meeting_id = spot(stage, "ana").meeting.id
    return [one.reflection.answers[0][1] for one in reflections.readable(reading, meeting_id)]


def share(stage: Stage, text: LessonText = TUESDAYS, **ticks: bool) -> Lesson:
    given = {"named": False, "for_reports": True, **ticks}
    with transaction():
        lesson = reflections.write_lesson(
            stage.partnership.id, text, stage.rep.person_id, by="ana@example.org"
        )
        for reader in (stage.rep, stage.chief):
            reflections.agree_to_lesson(
                lesson.id, text.digest, reader.person_id, by=reader.email, **given
            )
    return lesson


def titles(stage: Stage, **wanted: str) -> list[str]:
    shelf = reflections.look_up(Wanted(**wanted), 1, stage.rep.person_id, hosts=False)
    return [one.title for one in shelf.found.items]


def found() -> list[str]:
    return [sentence for check in CHECKS for sentence in check.find()]


def test_everyone_reads_what_is_for_them(stage: Stage) -> None:
    other = make_stage("", 2, stage.institute)
    coach = stage.coach()
    with transaction():
        for who, text, visibility in (
            ("ana", "private", Visibility.PRIVATE),
            ("sam", "team", Visibility.TEAM),
            ("bo", "host", Visibility.HOST),
            ("tea", "cohort", Visibility.COHORT),
        ):
            reflections.reflect(spot(stage, who), said(text, visibility), by=f"{who}@x.org")
        reflections.reflect_as_team(
            spot(stage, "ana"), said("ours", Visibility.HOST), 0, by="ana@x.org"
        )
    assert reads(stage, stage.rep.person_id) == ["private", "team", "cohort", "ours"]
    assert reads(stage, stage.chief.person_id) == ["team", "cohort", "ours"]
    assert reads(stage, other.rep.person_id) == ["cohort"]
    other_sees = reflections.reading_of(stage.institute.id, other.rep.person_id, hosts=False)
    (only_one,) = reflections.readable(other_sees, spot(stage, "ana").meeting.id)
    assert only_one.by == "Principal, District 1"
    assert reads(stage, coach.person_id) == ["host", "cohort", "ours"]
    assert reads(stage, None, hosts=True) == ["host", "cohort", "ours"]
    assert reads(stage, make_person("x@example.org").id) == []
    with pytest.raises(NotFound):
        reflections.reflect(spot(stage, "", hosts=True), said("I am no member"), by="h@x.org")
    record = db.session.scalars(select(AuditEntry).where(AuditEntry.act.like("reflect%")))
    assert all("private" not in str(entry.after.get("text", "")) for entry in record)
    assert found() == []


def test_a_cohort_counts_for_everyone_what_they_may_read(stage: Stage) -> None:
    other = make_stage("", 2, stage.institute)
    with transaction():
        for who, visibility in (("ana", Visibility.TEAM), ("tea", Visibility.COHORT)):
            reflections.reflect(spot(stage, who), said(who, visibility), by=f"{who}@x.org")
    meeting_id = spot(stage, "ana").meeting.id
    for person_id, shared in ((stage.rep.person_id, 2), (other.rep.person_id, 1)):
        reading = reflections.reading_of(stage.institute.id, person_id, hosts=False)
        assert reflections.shared_after(reading) == {meeting_id: shared}
        assert len(reflections.readable(reading, meeting_id)) == shared


def test_one_writes_again_instead_and_a_team_that_writes_at_once_sees_both(stage: Stage) -> None:
    with transaction():
        reflections.reflect(spot(stage, "ana"), said("first"), by="ana@x.org")
        reflections.reflect(spot(stage, "ana"), said("second"), by="ana@x.org")
        reflections.reflect_as_team(spot(stage, "ana"), said("ours"), 0, by="ana@x.org")
    assert reads(stage, stage.rep.person_id) == ["second", "ours"]
    with pytest.raises(Conflict) as refused, transaction():
        reflections.reflect_as_team(spot(stage, "sam"), said("theirs"), 0, by="sam@x.org")
    assert refused.value.versions == (("What did we hear?", "ours", "theirs"),)
    with pytest.raises(ReflectionRefused, match="at least one"), transaction():
        reflections.reflect(spot(stage, "sam"), said("  "), by="sam@x.org")
    with transaction():
        reflections.take_back(spot(stage, "ana"), by="ana@x.org")
    assert reads(stage, stage.rep.person_id) == ["ours"]


def test_a_host_asks_in_other_words_and_answers_keep_their_questions(stage: Stage) -> None:
    institute = facade.institute_with(stage.institute.id)
    assert len(reflections.prompts_of(institute.id)) == 3
    with transaction():
        reflections.ask_after_meetings(institute, ["What surprised you?", ""], by="h@x.org")
    assert reflections.prompts_of(institute.id) == ("What surprised you?",)
    with transaction():
        reflections.ask_after_meetings(institute, [], by="h@x.org")
    assert len(reflections.prompts_of(institute.id)) == 3


def test_a_lesson_is_shown_while_both_sides_agree_to_exactly_its_text(stage: Stage) -> None:
    reader = stage.who("bo").person_id
    with transaction():
        lesson = reflections.write_lesson(
            stage.partnership.id, TUESDAYS, stage.rep.person_id, by="ana@x.org"
        )
        reflections.agree_to_lesson(
            lesson.id, TUESDAYS.digest, stage.rep.person_id, named=True, for_reports=True,
            by="ana@x.org",
        )  # fmt: skip
    assert (titles(stage), mails()) == (
        [],
        [("sam1@example.org", "May others read it? A lesson of District 1")],
    )
    with pytest.raises(NotFound):
        reflections.published_lesson(lesson.id, reader, hosts=True)
    for wrong, digest in ((stage.chief, "another text"), (stage.who("tea"), TUESDAYS.digest)):
        with pytest.raises(ReflectionRefused), transaction():
            reflections.agree_to_lesson(
                lesson.id, digest, wrong.person_id, named=False, for_reports=False, by="x"
            )
    with transaction():
        reflections.agree_to_lesson(
            lesson.id, TUESDAYS.digest, stage.chief.person_id, named=False, for_reports=True,
            by="sam@x.org",
        )  # fmt: skip
    assert (titles(stage), mails()) == (["Meet on Tuesdays"], [])
    shown = reflections.published_lesson(lesson.id, reader, hosts=False)
    assert shown.names == ("Ana1, Association president",)
    (story,) = reflections.stories_among([stage.partnership.id], YEAR, most=3)
    assert (story.partnership, story.names) == ("District 1", ("Ana1, Association president",))
    changed = LessonText(title="Meet on Fridays", topic="meetings", body=TUESDAYS.body)
    with transaction():
        reflections.change_lesson(lesson.id, changed, 1, stage.chief.person_id, by="sam@x.org")
    assert titles(stage) == []
    assert reflections.stories_among([stage.partnership.id], YEAR, most=3) == []
    with pytest.raises(Conflict), transaction():
        reflections.change_lesson(lesson.id, TUESDAYS, 1, stage.rep.person_id, by="ana@x.org")
    assert found() == []


def test_a_lesson_begins_with_what_one_wrote_and_with_nobody_elses_words(stage: Stage) -> None:
    with transaction():
        mine = reflections.reflect(spot(stage, "ana"), said("mine"), by="ana@x.org")
        ours = reflections.reflect_as_team(spot(stage, "ana"), said("ours"), 0, by="ana@x.org")
    chief, stranger = stage.chief.person_id, make_person("x@example.org").id
    assert reflections.body_from(mine.id, stage.rep.person_id) == "mine"
    assert reflections.body_from(ours.id, chief) == "ours"
    assert [reflections.body_from(mine.id, chief), reflections.body_from(ours.id, stranger)] == [
        "", "",
    ]  # fmt: skip


def test_either_side_takes_a_lesson_back_at_once_and_strangers_never_see_drafts(
    stage: Stage,
) -> None:
    lesson = share(stage)
    other = make_stage("other", 2)
    assert titles(other) == ["Meet on Tuesdays"]
    with transaction():
        reflections.withdraw_lesson(lesson.id, stage.rep.person_id, by="ana@x.org")
    assert titles(other) == []
    for person_id in (other.rep.person_id, make_person("staff@x.org", staff="coordinator").id):
        with pytest.raises(NotFound):
            reflections.lesson_page(lesson.id, person_id)
    with pytest.raises(NotFound):
        reflections.require_library(make_person("nobody@x.org").id, hosts=False)
    with transaction():
        reflections.remove_lesson(lesson.id, stage.chief.person_id, by="sam@x.org")
    with pytest.raises(NotFound):
        reflections.lesson_page(lesson.id, stage.rep.person_id)
    assert found() == []


def test_the_library_is_searched_by_words_topic_and_districts_like_ours(
    stage: Stage, frozen: Any
) -> None:
    share(stage, for_reports=False)
    frozen("2026-03-03T12:00:00+00:00")
    other = make_stage("other", 2)
    lea = db.session.get_one(Lea, other.team.lea_id)
    lea.enrollment, lea.locale, other.partnership.state = 30_000, "11", "DE"
    body = "Two mentors for every new teacher; 100% stayed on after a year with us."
    share(other, LessonText(title="Méntors", topic="mentoring", body=body))
    assert titles(stage) == ["Méntors", "Meet on Tuesdays"]
    assert titles(stage, q="mentor TEACHER") == ["Méntors"]
    assert titles(stage, q="district 1 tuesday") == ["Meet on Tuesdays"]
    assert titles(stage, q="100%") == ["Méntors"]
    assert titles(stage, q="%") == ["Méntors", "Meet on Tuesdays"]
    assert titles(stage, topic="mentoring") == titles(stage, size="very_large") == ["Méntors"]
    assert titles(stage, place="1") == titles(stage, state="DE") == ["Méntors"]
    assert titles(stage, size="small", place="2") == ["Meet on Tuesdays"]
    shelf = reflections.look_up(Wanted(), 9, stage.rep.person_id, hosts=False)
    assert (shelf.like.size, shelf.like.place, shelf.states) == ("small", "2", ["DE", "NJ"])  # type: ignore[union-attr]
    told = reflections.stories_among([stage.partnership.id, other.partnership.id], YEAR, most=3)
    assert [one.title for one in told] == ["Méntors"]


def test_merged_records_look_back_once(stage: Stage) -> None:
    with transaction():
        reflections.reflect(spot(stage, "ana"), said("mine"), by="ana@x.org")
        reflections.reflect(spot(stage, "tea"), said("twin"), by="tea@x.org")
    twin = stage.who("tea").person_id
    row = db.session.scalars(select(Reflection).where(Reflection.person_id == twin)).one()
    gone = make_person("gone@example.org", "Gone")
    row.person_id = gone.id
    db.session.commit()
    with transaction():
        merging.merge_people(stage.rep.person_id, gone.id, by="owner@x.org", may_choose_staff=True)
    assert reads(stage, stage.rep.person_id) == ["mine"]
