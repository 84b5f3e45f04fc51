"""Names in type: what of a name the fonts of this machine can print.

Nobody's name is printed as question marks. Words that no font here has are left out, whoever
prints is told whose they are, and paper on which a name stands alone leaves a line to write on.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from flask import current_app

from consortium.ports import Printer

AS_PICTURE = "\ufe0f"
"""Says that the character before it is to be shown as a picture."""
PICTURES = frozenset({"So", "Sk"})


def without_pictures(name: str) -> str:
    """Return a name without pictures, which no font for paper has, unless nothing else is left."""
    kept = "".join(
        one for one in name if one != AS_PICTURE and unicodedata.category(one) not in PICTURES
    )
    return " ".join(kept.split()) or name


def printable(names: Iterable[str]) -> Mapping[str, str]:
    """Return what can be printed of each name; empty where no font here has any of its words."""
    words = {name: without_pictures(name).split() for name in names}
    lost = _lost(words)
    return {name: " ".join(p for p in parts if p not in lost) for name, parts in words.items()}


def not_whole(names: Iterable[str]) -> Sequence[str]:
    """Return the names of which printing leaves a word out, each once, in the order given."""
    words = {name: without_pictures(name).split() for name in names}
    lost = _lost(words)
    return [name for name, parts in words.items() if not lost.isdisjoint(parts)]


def _lost(words: Mapping[str, Sequence[str]]) -> frozenset[str]:
    printer: Printer = current_app.extensions["ports"].printer
    return printer.unprintable({word for parts in words.values() for word in parts})
