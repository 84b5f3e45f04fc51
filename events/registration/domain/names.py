"""Names whose letters were lost between two programs."""

import re

from consortium.words import Sentence, say

REPLACED = "\ufffd"
"""What stands where a program could not read a letter."""
RAW_BYTE = re.compile(r"%[89a-fA-F][0-9a-fA-F]")
"""What is left of a letter of another encoding in a form."""


def lost_letters(name: str) -> Sentence | None:
    """Say that letters of the name were lost on the way, if they were."""
    if REPLACED in name or RAW_BYTE.search(name):
        return say("Letters of the name were lost on the way. Type the name again.")
    meant = _read_as_it_was_written(name)
    if meant == name:
        return None
    return say(
        "Letters of the name were lost on the way. It may be “%(meant)s”; type it again.",
        meant=meant,
    )


def _read_as_it_was_written(name: str) -> str:
    """Undo the commonest mistake: UTF-8 that a program took for Windows' own letters (ZoÃ«)."""
    try:
        return name.encode("cp1252").decode()
    except UnicodeError:
        return name
