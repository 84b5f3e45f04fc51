"""Evaluations: what hosts ask, who has answered, and what the answers come to."""

from events.credit.service.evaluations.answering import answer, answered_by
from events.credit.service.evaluations.asking import (
    Form,
    Part,
    add_evaluation,
    change_evaluation,
    evaluations_of,
    get_form,
    parts_to_ask_about,
    remove_evaluation,
)
from events.credit.service.evaluations.reminding import remind, to_remind
from events.credit.service.evaluations.reporting import Report, counts_of, report_of
from events.credit.service.evaluations.telling import ask_by_mail, institutes_to_ask_at

__all__ = [
    "Form",
    "Part",
    "Report",
    "add_evaluation",
    "answer",
    "answered_by",
    "ask_by_mail",
    "change_evaluation",
    "counts_of",
    "evaluations_of",
    "get_form",
    "institutes_to_ask_at",
    "parts_to_ask_about",
    "remind",
    "remove_evaluation",
    "report_of",
    "to_remind",
]
