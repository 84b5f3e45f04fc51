"""What the story's hosts ask teams and people, and what some of them answered."""

from consortium.demonstration import cast
from events.institutes.models import Institute
from events.questions import service as questions
from events.questions.domain import AnswerKind, QuestionRule, Scope
from events.questions.service import Said

HOTEL = "hotel"
ASKED = (
    QuestionRule(
        code="topic",
        label="What do you want to work on as a team?",
        hint="One or two sentences help us to seat you near teams with the same question.",
        scope=Scope.TEAM,
        kind=AnswerKind.TEXT,
        required=True,
    ),
    QuestionRule(
        code="agreement",
        label="Your agreement on joint work, if you have one in writing",
        scope=Scope.TEAM,
        kind=AnswerKind.FILE,
    ),
    QuestionRule(
        code=HOTEL,
        label="Will you stay at the conference hotel?",
        scope=Scope.PERSON,
        kind=AnswerKind.CHOICE,
        options=("Yes, both nights", "Yes, one night", "No"),
    ),
    QuestionRule(
        code="roommate",
        label="With whom would you like to share a room?",
        scope=Scope.PERSON,
        kind=AnswerKind.TEXT,
        shown_if_code=HOTEL,
        shown_if_values=("Yes, both nights", "Yes, one night"),
    ),
    QuestionRule(
        code="breaks",
        label="Do you need a quiet room for breaks?",
        hint="For nursing, prayer or rest. We keep one free.",
        scope=Scope.PERSON,
        kind=AnswerKind.CHOICE,
        options=("Yes", "No"),
        sensitive=True,
    ),
)


def ask(institute: Institute) -> None:
    """Ask the institute's questions."""
    for rule in ASKED:
        questions.add_question(institute, rule, by=cast.COORDINATOR.email)


def answered(number: int) -> Said:
    """Return what the story's member of this number answers; some answer nothing."""
    options = ASKED[2].options
    return Said(values={HOTEL: options[number % 3]} if number % 4 else {})
