"""Who answers a question, and what an answer is."""

from collections.abc import Mapping
from enum import StrEnum, auto

from consortium.words import Sentence, say


class Scope(StrEnum):
    """Who answers: the team's leads once, or each person."""

    TEAM = auto()
    PERSON = auto()


class AnswerKind(StrEnum):
    """What an answer is."""

    TEXT = auto()
    CHOICE = auto()
    CHOICES = auto()  # any number of the options
    NUMBER = auto()
    DATE = auto()
    FILE = auto()


SCOPES: Mapping[Scope, Sentence] = {
    Scope.PERSON: say("Each person, on their own page"),
    Scope.TEAM: say("The team's leads, once for the team"),
}
KINDS: Mapping[AnswerKind, Sentence] = {
    AnswerKind.TEXT: say("A text"),
    AnswerKind.CHOICE: say("One of several options"),
    AnswerKind.CHOICES: say("Any number of several options"),
    AnswerKind.NUMBER: say("A number"),
    AnswerKind.DATE: say("A date"),
    AnswerKind.FILE: say("A file (PDF, Word, Excel, picture or text, up to 5 MB)"),
}
OF_OPTIONS = frozenset({AnswerKind.CHOICE, AnswerKind.CHOICES})
COMPARABLE = OF_OPTIONS | {AnswerKind.TEXT, AnswerKind.NUMBER}
"""Kinds whose answers another question may depend on."""
