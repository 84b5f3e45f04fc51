"""From the bytes of a file to plain JSON values, with everything unsafe named by its place."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Any

from consortium.words import Sentence, say
from events.programmes.domain.faults import Fault, FaultyProgramme, Findings, Place

LARGEST = 5 * 1024 * 1024  # bytes
DEEPEST = 30  # objects and lists inside each other
LONGEST_TEXT = 20_000
LONGEST_NUMBER = 18  # digits; more is no count, no date and no price
WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")

# A text without its closing mark reaches to the end, so that nothing is scanned twice.
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
# Control characters but tab and line ends, line and paragraph marks, marks that reorder the
# text around them, and halves of characters.
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# What Python's reader says, in the words of someone who edits the file.
_SYNTAX: tuple[tuple[str, Sentence], ...] = (
    ("Expecting ',' delimiter", say("A comma or a closing bracket is missing before this place.")),
    ("Expecting ':' delimiter", say("A colon is missing after the name.")),
    (
        "Expecting property name",
        say("A name in double quotation marks must stand here; is there a comma too many before?"),
    ),
    ("Illegal trailing comma", say("There is a comma too many before the closing bracket.")),
    ("Expecting value", say("A value is missing here.")),
    ("Unterminated string", say("A text that begins here has no closing quotation mark.")),
    (
        "Invalid control character",
        say(
            "A text holds the end of a line or another control character; write \\n for a new line."
        ),
    ),
    ("Invalid \\escape", say("A backslash in a text must be written twice.")),
    ("Extra data", say("Something follows after the end of the programme; remove it.")),
)


class _Object(dict[str, Any]):
    """A JSON object that remembers the names it was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        times = Counter(name for name, _ in pairs) if len(self) < len(pairs) else Counter()
        self.twice = [name for name, n in times.items() if n > 1]


class _NoNumber:
    """Stands where the file has a number that nothing can count with."""

    def __init__(self, said: str) -> None:
        self.said = said if len(said) <= LONGEST_NUMBER else said[:LONGEST_NUMBER] + "…"


def read_json(content: bytes) -> Any:
    """Return the file's JSON values.

    Raises ``FaultyProgramme`` when it is no JSON text in UTF-8 that people and databases can
    hold: with the line and column, or with the place of each unsafe text or number.
    """
    text = _decoded(content)
    _refuse_depth(text)
    try:
        tree = json.loads(
            text,
            object_pairs_hook=_Object,
            parse_constant=_NoNumber,
            parse_float=_float,
            parse_int=_int,
        )
    except JSONDecodeError as error:
        raise _faulty(_not_json(error)) from error
    findings = Findings()
    for place, value in _walk((), tree):
        _check(place, value, findings)
    findings.stop_if_faulty()
    if not isinstance(tree, dict):
        raise _faulty(say("A programme file is one object: it begins with { and ends with }."))
    return tree


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise _faulty(
            say(
                "The file is larger than %(largest)s MB. A programme is far smaller: is this the "
                "right file?",
                largest=LARGEST // (1024 * 1024),
            )
        )
    if content.startswith(WIDE_BOMS) or b"\0" in content[:4]:
        raise _faulty(say("The file is written in UTF-16. Save it again as UTF-8."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _faulty(
            say("Line %(line)s is not written in UTF-8. Save the file again as UTF-8.", line=line)
        ) from error
    if not text.strip():
        raise _faulty(say("The file is empty. A programme file is one object in { }."))
    return text


def _refuse_depth(text: str) -> None:
    depth = 0
    for token in _TOKENS.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                line = text.count("\n", 0, token.start()) + 1
                raise _faulty(
                    say(
                        "Line %(line)s has more than %(deepest)s brackets inside each other. "
                        "No programme needs that; is this the right file?",
                        line=line,
                        deepest=DEEPEST,
                    )
                )
        elif token[0] in "]}":
            depth -= 1


def _not_json(error: JSONDecodeError) -> Sentence:
    known = (words for said, words in _SYNTAX if error.msg.startswith(said))
    return say(
        "This is not JSON at line %(line)s, column %(column)s. %(why)s",
        line=error.lineno,
        column=error.colno,
        why=next(known, error.msg + "."),
    )


def _float(digits: str) -> float | _NoNumber:
    number = float(digits)
    return _NoNumber(digits) if number in (float("inf"), float("-inf")) else number


def _int(digits: str) -> int | _NoNumber:
    return _NoNumber(digits) if len(digits) > LONGEST_NUMBER else int(digits)


def _walk(place: Place, value: Any) -> Iterator[tuple[Place, Any]]:
    yield place, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk((*place, name), inner)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _walk((*place, position), inner)


def _check(place: Place, value: Any, findings: Findings) -> None:
    if isinstance(value, _NoNumber):
        findings.fault(
            place, say("%(said)s is not a number to count with. Correct it.", said=value.said)
        )
    elif isinstance(value, str):
        _check_text(place, value, findings)
    elif isinstance(value, _Object):
        for name in value.twice:
            findings.fault((*place, name), say("This name stands here twice. Keep one of them."))
        for name in value:
            _check_text((*place, name), name, findings)


def _check_text(place: Place, text: str, findings: Findings) -> None:
    if len(text) > LONGEST_TEXT:
        findings.fault(
            place,
            say("This text is too long: use at most %(n)s characters.", n=f"{LONGEST_TEXT:,}"),
        )
    unsafe = UNSAFE.search(text)
    if unsafe is not None:
        findings.fault(
            place,
            say(
                "This text holds an invisible character (U+%(code)s) that calendars, mails or "
                "spreadsheets cannot carry. Type the text again.",
                code=f"{ord(unsafe[0]):04X}",
            ),
        )


def _faulty(sentence: str) -> FaultyProgramme:
    return FaultyProgramme([Fault(path="$", sentence=sentence)])
