"""Answers as values: what is a number, what is a date, how they stand in a spreadsheet's cell."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from consortium.words import Sentence, say
from events.questions.domain.kinds import AnswerKind

Value: TypeAlias = str | tuple[str, ...]
"""Text, an option, a number as it was written, an ISO date, a file's name; options if several."""

LONGEST = 2000
YEARS = range(1900, 2200)
# Digits of ASCII alone; no NaN, no underscore, no exponent, and nothing a float would round.
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PIECE = re.compile(r"(?:[^;\\]|\\.)*", re.DOTALL)
"""What stands between two semicolons of a cell; a backslash takes the next sign as it is."""


def is_empty(value: Value) -> bool:
    """Tell whether nothing was answered."""
    return not value.strip() if isinstance(value, str) else not value


def fault_of(kind: AnswerKind, value: Value, options: Collection[str] = ()) -> Sentence | None:
    """Say what is wrong with an answer that was given, if something is."""
    if kind is AnswerKind.CHOICES:
        chosen = (value,) if isinstance(value, str) else value
        known = set(chosen) <= set(options) and len(set(chosen)) == len(chosen)
        return None if known else say("Choose from the list.")
    if not isinstance(value, str):
        return say("Give one answer only.")
    if kind is AnswerKind.CHOICE:
        return None if value in options else say("Choose one of the list.")
    fault = None
    if kind is AnswerKind.NUMBER and not NUMBER.fullmatch(value):
        fault = say("Write a number with digits only, such as 40 or 2.5.")
    elif kind is AnswerKind.DATE and not _is_day(value):
        fault = say("Write the day like 2027-06-21.")
    elif len(value) > LONGEST:
        fault = say("Use at most %(longest)s characters.", longest=f"{LONGEST:,}")
    return fault


def same(given: str, wanted: str, *, number: bool) -> bool:
    """Tell whether an answer is the one that is asked for; capitals do not matter, nor 2 or 2.0."""
    if number and NUMBER.fullmatch(given.strip()) and NUMBER.fullmatch(wanted.strip()):
        return Decimal(given.strip()) == Decimal(wanted.strip())
    return given.strip().casefold() == wanted.strip().casefold()


def cell_of(value: Value) -> str:
    """Write an answer as one cell; several options stand one after the other with semicolons."""
    if isinstance(value, str):
        return value
    return "; ".join(re.sub(r"([\\;])", r"\\\1", option) for option in value)


def value_in(cell: str, kind: AnswerKind) -> Value:
    """Read an answer from a cell as ``cell_of`` writes it."""
    if kind is not AnswerKind.CHOICES:
        return cell.strip()
    pieces = (piece.strip() for piece in PIECE.findall(cell))
    return tuple(re.sub(r"\\(.)", r"\1", piece, flags=re.DOTALL) for piece in pieces if piece)


def _is_day(text: str) -> bool:
    if not ISO_DAY.fullmatch(text):
        return False
    try:
        return date.fromisoformat(text).year in YEARS
    except ValueError:
        return False
