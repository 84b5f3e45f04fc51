"""Who answers a question, and what an answer is."""

from enum import StrEnum, auto


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


OF_OPTIONS = frozenset({AnswerKind.CHOICE, AnswerKind.CHOICES})
COMPARABLE = OF_OPTIONS | {AnswerKind.TEXT, AnswerKind.NUMBER}
"""Kinds whose answers another question may depend on."""
