"""The forms of questions: to write one, and to answer them."""

from events.questions.forms.answering import QuestionFields, asking
from events.questions.forms.writing import QuestionForm

__all__ = ["QuestionFields", "QuestionForm", "asking"]
