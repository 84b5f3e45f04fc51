"""Who reads a reflection, what a lesson may say, what is like what."""

from uuid import UUID

import pytest

from cohorts.learning.domain.partners import TableSide
from cohorts.reflections.domain import (
    Agreed,
    LessonText,
    Reading,
    ReflectionRefused,
    Visibility,
    Written,
    check_lesson,
    check_prompts,
    check_visibility,
    is_published,
    like,
    may_read,
    may_report,
    search_text,
    search_words,
)

pytestmark = pytest.mark.pure

COHORT, ELSEWHERE, TEAM, OTHER, ANA, BEN = (UUID(int=n) for n in range(1, 7))
READERS = {
    "author": Reading(person_id=ANA, institute_id=COHORT, teams=frozenset({TEAM})),
    "author who left": Reading(person_id=ANA, institute_id=COHORT),
    "team": Reading(person_id=BEN, institute_id=COHORT, teams=frozenset({TEAM})),
    "other team": Reading(person_id=BEN, institute_id=COHORT, teams=frozenset({OTHER})),
    "coach": Reading(person_id=BEN, institute_id=COHORT, runs=frozenset({TEAM})),
    "other coach": Reading(person_id=BEN, institute_id=COHORT, runs=frozenset({OTHER})),
    "stranger": Reading(person_id=None, institute_id=COHORT),
    "other cohort": Reading(
        person_id=BEN, institute_id=ELSEWHERE, teams=frozenset({TEAM}), runs=frozenset({TEAM})
    ),
}
TEXT = LessonText(
    title="Meet on Tuesdays",
    topic="meetings",
    body="We moved our joint meeting to Tuesdays. Since then both sides come.",
)


@pytest.mark.parametrize(
    ("person_id", "visibility", "readers"),
    [
        (ANA, Visibility.PRIVATE, {"author", "author who left"}),
        (ANA, Visibility.TEAM, {"author", "author who left", "team"}),
        (ANA, Visibility.HOST, {"author", "author who left", "coach"}),
        (
            ANA,
            Visibility.COHORT,
            {"author", "author who left", "team", "other team", "coach", "other coach"},
        ),
        (None, Visibility.TEAM, {"author", "team"}),
        (None, Visibility.HOST, {"author", "team", "coach"}),
        (None, Visibility.COHORT, {"author", "team", "other team", "coach", "other coach"}),
    ],
)
def test_each_visibility_is_for_these_and_nobody_else(person_id, visibility, readers):
    written = Written(team_id=TEAM, institute_id=COHORT, person_id=person_id, visibility=visibility)
    assert {name for name, reader in READERS.items() if may_read(written, reader)} == readers


def test_what_a_team_writes_is_for_the_team_at_least():
    check_visibility(Visibility.PRIVATE, by_team=False)
    with pytest.raises(ReflectionRefused) as refused:
        check_visibility(Visibility.PRIVATE, by_team=True)
    assert refused.value.field == "visibility"


def test_questions_are_few_short_and_different():
    assert check_prompts([" What  now? ", "", "Who begins?"]) == ("What now?", "Who begins?")
    for wrong in (["a"] * 2, [str(n) for n in range(7)], ["x" * 201]):
        with pytest.raises(ReflectionRefused):
            check_prompts(wrong)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " a "}, "title"),
        ({"topic": "gossip"}, "topic"),
        ({"body": "Too short."}, "body"),
        (
            {"body": "It was ana  ruiz who moved our joint meeting to Tuesdays, and all came."},
            "body",
        ),
        ({"title": "What Ána Ruiz did"}, "title"),
    ],
)
def test_a_lesson_says_something_and_names_nobody(values, field):
    check_lesson(TEXT, ["Ana Ruiz", "Tue"])
    text = LessonText(**{"title": TEXT.title, "topic": TEXT.topic, "body": TEXT.body, **values})
    with pytest.raises(ReflectionRefused) as refused:
        check_lesson(text, ["Ana Ruiz", "Tue"])
    assert refused.value.field == field


def test_both_sides_agree_to_exactly_one_text():
    def agreed(side, digest=TEXT.digest, **values):
        return Agreed(
            **{
                "side": side, "person_id": ANA, "digest": digest, "named": False,
                "for_reports": True, **values,
            }
        )  # fmt: skip

    labor, management = agreed(TableSide.LABOR), agreed(TableSide.MANAGEMENT)
    assert is_published([labor, management], TEXT.digest)
    for other in (
        agreed(TableSide.MANAGEMENT, digest="of another text"),
        agreed(TableSide.MANAGEMENT, withdrawn=True),
        agreed(TableSide.LABOR),
    ):
        assert not is_published([labor, other], TEXT.digest)
    assert may_report([labor, management], TEXT.digest)
    assert not may_report([labor, agreed(TableSide.MANAGEMENT, for_reports=False)], TEXT.digest)


def test_searches_compare_words_without_case_and_accents():
    assert search_words("  Réunion, TUESDAY’s réunion ") == ("reunion", "tuesdays")
    assert "running joint meetings" in search_text(TEXT)


def test_districts_are_like_each_other_by_size_and_place():
    assert (like(2_499, "11").size, like(2_500, "23").size) == ("small", "middle")
    assert (like(24_999, "").size, like(25_000, "43").size) == ("large", "very_large")
    assert like(None, "99") == like(None, "")
    assert like(1, "42").place == "4"
