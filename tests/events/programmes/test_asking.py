"""A question stands in a file as the host wrote it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.programmes.domain.asking import read_questions, written_questions
from events.programmes.domain.faults import Findings
from events.questions.domain import AnswerKind, QuestionRule, Scope

pytestmark = pytest.mark.pure

WORDS = st.text(alphabet="aé李 ?", min_size=1, max_size=20).map(str.strip).filter(bool)
QUESTIONS = st.builds(
    QuestionRule,
    code=st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
    label=WORDS,
    scope=st.sampled_from(Scope),
    kind=st.sampled_from(AnswerKind),
    hint=WORDS | st.just(""),
    options=st.lists(WORDS, max_size=3).map(tuple),
    role_codes=st.lists(st.sampled_from(["principal", "teacher"])).map(tuple),
    required=st.booleans(),
    shown_if_code=st.none() | st.just("hotel"),
    shown_if_values=st.lists(WORDS, max_size=2).map(tuple),
    sensitive=st.booleans(),
    keep_until=st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)


@given(QUESTIONS)
def test_a_question_comes_back_from_a_file_as_it_went_in(question: QuestionRule) -> None:
    assert read_questions(written_questions((question,)), Findings()) == (question,)
