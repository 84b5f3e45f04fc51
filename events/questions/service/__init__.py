"""Questions of an institute and what teams and people answer."""

from events.questions.service.answering import (
    Asked,
    Holder,
    Said,
    asked_of,
    get_answered_file,
    keep_answers,
)
from events.questions.service.defining import (
    add_question,
    ask_again,
    change_question,
    get_question,
    move_question,
    questions_of,
    set_questions,
    stop_asking,
    use_of,
)
from events.questions.service.forgetting import forget_answers
from events.questions.service.tables import AnswerTable, answers_of, missing_of

__all__ = [
    "AnswerTable",
    "Asked",
    "Holder",
    "Said",
    "add_question",
    "answers_of",
    "ask_again",
    "asked_of",
    "change_question",
    "forget_answers",
    "get_answered_file",
    "get_question",
    "keep_answers",
    "missing_of",
    "move_question",
    "questions_of",
    "set_questions",
    "stop_asking",
    "use_of",
]
