"""Two versions of a question side by side, as coordinators read them."""

from consortium.words import say
from events.questions.domain.kinds import KINDS, SCOPES, AnswerKind, Scope
from events.questions.domain.rules import QuestionRule


def differing(before: QuestionRule, rule: QuestionRule) -> tuple[tuple[str, str, str], ...]:
    """Return what two versions say differently: label, what is stored, what was sent."""
    labels = (
        (say("Question"), "label"),
        (say("Hint"), "hint"),
        (say("Who answers?"), "scope"),
        (say("What is the answer?"), "kind"),
        (say("Options"), "options"),
        (say("Must be answered"), "required"),
        (say("Roles"), "role_codes"),
        (say("Only after the question"), "shown_if_code"),
        (say("Only after the answers"), "shown_if_values"),
        (say("In confidence"), "sensitive"),
        (say("Deleted after"), "keep_until"),
        (say("Name of the column"), "code"),
    )
    return tuple(
        (label, _plain(getattr(before, name)), _plain(getattr(rule, name)))
        for label, name in labels
        if getattr(before, name) != getattr(rule, name)
    )


def _plain(value: object) -> str:
    if isinstance(value, Scope):
        return SCOPES[value]
    if isinstance(value, AnswerKind):
        return KINDS[value]
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "—"
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return str(value or "—")
