"""A file's text: UTF-8 with or without Excel's mark, and nothing that no page can show."""

import re
from pathlib import Path
from typing import NoReturn

from consortium.exchange.faults import Fault, FaultyFile
from consortium.words import Sentence, say

LARGEST = 256 * 1024 * 1024  # bytes
LONGEST_TEXT = 20_000

# Control characters, line and paragraph marks, marks that reorder the text around them, and
# halves of characters.
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def read_text(file: Path) -> str:
    """Return a file's text. Raises ``FaultyFile`` for what is too large or not UTF-8."""
    try:
        if file.stat().st_size > LARGEST:
            _stop(
                file,
                say("The file is larger than %(n)s MB. Is it the right one?", n=LARGEST >> 20),
            )
        content = file.read_bytes()
    except OSError as error:
        _stop(file, say("It cannot be read: %(why)s.", why=error.strerror or "unknown"))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4]:
        _stop(file, say("The file is written in UTF-16. Save it again as UTF-8."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sentence = say("This line is not written in UTF-8. Save the file again as UTF-8.")
        raise FaultyFile(file, [Fault(sentence=sentence, line=line)]) from error


def unsafe_text(text: str) -> Sentence | None:
    """Return what is wrong with a text that no page or table can show, if anything."""
    if len(text) > LONGEST_TEXT:
        return say("This text is too long: use at most %(n)s characters.", n=f"{LONGEST_TEXT:,}")
    found = UNSAFE.search(text)
    if found is None:
        return None
    return say(
        "This text holds an invisible character (U+%(code)s). Type the text again.",
        code=f"{ord(found[0]):04X}",
    )


def _stop(file: Path, sentence: Sentence) -> NoReturn:
    raise FaultyFile(file, [Fault(sentence=sentence)])
