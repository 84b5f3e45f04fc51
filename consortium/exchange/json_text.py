"""JSON as people write it: read strictly, with every value's line at hand."""

import json
import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import cached_property
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from consortium.exchange.faults import Fault, FaultyFile
from consortium.exchange.text import read_text, unsafe_text
from consortium.words import Sentence, say

DEEPEST = 20  # objects and lists inside each other
LONGEST_NUMBER = 12  # digits

Steps = tuple[str | int, ...]
Shape = TypeVar("Shape", bound=BaseModel)

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_SPACE = re.compile(r"[\s,:]*")
_SCALAR = re.compile(r"[^\s,\]}]+")

# What pydantic says, in the words of someone who edits the file.
_SAID: Mapping[str, Sentence] = {
    "missing": say("This is missing. Add it."),
    "extra_forbidden": say("Nobody knows this name. Correct its spelling, or remove it."),
    "string_type": say("Write a text in quotation marks here."),
    "string_too_short": say("This is empty. Write something."),
    "int_type": say("Write a whole number here, without quotation marks."),
    "float_type": say("Write a number here, without quotation marks."),
    "bool_type": say("Write true or false here."),
    "list_type": say("Write a list in [ ] here."),
    "tuple_type": say("Write a list in [ ] here."),
    "dict_type": say("Write an object in { } here."),
    "model_type": say("Write an object in { } here."),
    "model_attributes_type": say("Write an object in { } here."),
}


class Lines:
    """The lines of a file's values, looked up only when something is to be told of one."""

    def __init__(self, file: Path, text: str = "") -> None:
        self.file = file
        self._text = text

    def of(self, steps: Steps) -> int | None:
        """Return the line of a value, or of what should hold it where it is missing."""
        for length in range(len(steps), -1, -1):
            position = self._positions.get(steps[:length])
            if position is not None:
                return self._line(position)
        return None

    def fault(self, steps: Steps, sentence: str) -> Fault:
        """Return a fault at a value."""
        return Fault(sentence=sentence, line=self.of(steps), path=_path(steps))

    def twice(self) -> list[Fault]:
        """Return a fault for each name that an object gives twice."""
        seen: set[Steps] = set()
        found: list[Fault] = []
        for steps, position in _positions(self._text):
            if steps in seen:
                sentence = say("This name stands here twice. Keep one of them.")
                line = self._line(position)
                found.append(Fault(sentence=sentence, line=line, path=_path(steps)))
            seen.add(steps)
        return found

    @cached_property
    def _positions(self) -> Mapping[Steps, int]:
        return dict(_positions(self._text))

    @cached_property
    def _ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self._text)]

    def _line(self, position: int) -> int:
        return bisect(self._ends, position) + 1


def read_json(file: Path, shape: type[Shape]) -> tuple[Shape, Lines]:
    """Return what the file says, and the lines of its values.

    Raises ``FaultyFile`` with all its faults where it is no JSON in UTF-8 or not of this ``shape``.
    """
    return json_in(file, read_text(file), shape)


def json_in(file: Path, text: str, shape: type[Shape]) -> tuple[Shape, Lines]:
    """Return what the text of a file says, as ``read_json`` does."""
    lines = Lines(file, text)
    _refuse_depth(file, text)
    doubled: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            doubled.append("")
        return found

    try:
        tree = json.loads(text, object_pairs_hook=unique, parse_constant=_NoNumber, parse_int=_int)
    except json.JSONDecodeError as error:
        sentence = say("This is not JSON (%(why)s).", why=f"{error.msg}, column {error.colno}")
        raise FaultyFile(file, [Fault(sentence=sentence, line=error.lineno)]) from error
    faults = lines.twice() if doubled else []
    faults += [lines.fault(steps, sentence) for steps, sentence in _unsafe((), tree)]
    if faults:
        raise FaultyFile(file, faults)
    try:
        return shape.model_validate(tree), lines
    except ValidationError as error:
        raise FaultyFile(
            file, [lines.fault(one["loc"], _in_words(one)) for one in error.errors()]
        ) from error


class _NoNumber:
    """Stands where the file has a number that nothing can count with."""

    def __init__(self, said: str) -> None:
        self.said = said[:LONGEST_NUMBER]


def _int(digits: str) -> int | _NoNumber:
    return _NoNumber(digits) if len(digits) > LONGEST_NUMBER else int(digits)


def _refuse_depth(file: Path, text: str) -> None:
    depth = 0
    for token in _BRACKETS.finditer(text):
        depth += token[0] in "[{"
        depth -= token[0] in "]}"
        if depth > DEEPEST:
            line = text.count("\n", 0, token.start()) + 1
            sentence = say(
                "There are more than %(n)s brackets inside each other. Is it the right file?",
                n=DEEPEST,
            )
            raise FaultyFile(file, [Fault(sentence=sentence, line=line)])


def _unsafe(steps: Steps, value: Any) -> Iterator[tuple[Steps, Sentence]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if sentence := unsafe_text(name):
                yield steps, sentence
            yield from _unsafe((*steps, name), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _unsafe((*steps, number), inner)
    elif isinstance(value, _NoNumber):
        yield steps, say("%(said)s is not a number to count with.", said=value.said)
    elif isinstance(value, str) and (sentence := unsafe_text(value)):
        yield steps, sentence


def _in_words(error: ErrorDetails) -> str:
    limits = error.get("ctx", {})
    if error["type"] == "greater_than_equal":
        return say("Write %(least)s or more.", least=limits["ge"])
    if error["type"] == "less_than_equal":
        return say("Write %(most)s or less.", most=limits["le"])
    if error["type"] == "string_too_long":
        return say("Use at most %(most)s characters.", most=limits["max_length"])
    if error["type"] in {"literal_error", "enum"}:
        return say("Write one of: %(known)s.", known=limits["expected"])
    return _SAID.get(error["type"], f"{error['msg']}.")


def _path(steps: Steps) -> str:
    named = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in steps)
    return named.removeprefix(".")


def _positions(text: str) -> Iterator[tuple[Steps, int]]:
    """Give every value of a legal JSON text with its place, in the order of the text."""
    holders: list[Steps] = []
    numbers: list[int | None] = []
    """Of each that is open: how many values it has so far; ``None`` for an object."""
    name: str | None = None
    position = _past(_SPACE, text, 0)
    while position < len(text):
        mark = text[position]
        if mark in "]}":
            holders.pop()
            numbers.pop()
            position = _past(_SPACE, text, position + 1)
            continue
        steps: Steps = ()
        if holders and numbers[-1] is not None:
            steps = (*holders[-1], numbers[-1])
            numbers[-1] += 1
        elif holders and name is None:
            name, position = scanstring(text, position + 1)
            position = _past(_SPACE, text, position)
            continue
        elif holders and name is not None:
            steps, name = (*holders[-1], name), None
        yield steps, position
        if mark in "[{":
            holders.append(steps)
            numbers.append(0 if mark == "[" else None)
            position += 1
        elif mark == '"':
            _, position = scanstring(text, position + 1)
        else:
            position = _past(_SCALAR, text, position)
        position = _past(_SPACE, text, position)


def _past(what: re.Pattern[str], text: str, position: int) -> int:
    found = what.match(text, position)
    return found.end() if found else position
