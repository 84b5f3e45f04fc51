"""PDF by typst, behind the ``Printer`` port. No other package imports ``typst``."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from consortium.settings import ROOT

TEMPLATES = ROOT / "templates" / "print"
MOST_STRANGE_LETTERS = 1000
QUESTION_MARK = "?"
LETTERS = b"""
#let data = json(bytes(sys.inputs.data))
#set document(title: "Letters")
#set text(lang: "en")
#for word in data.words [#word ]
"""
_RARE = re.compile(r"[^\x00-\u024f\u2010-\u2027\u202f]+")
"""Words in letters beyond those of every European language written in Latin ones."""
_ESCAPE = re.compile(r"\\u\{(?P<code>[0-9a-f]+)\}|\\(?P<letter>.)")
_NO_GLYPH = re.compile(r'the text `"(?P<text>.+)"` could not be displayed', re.DOTALL)


class TypstPrinter:
    """Sets templates of our own with the fonts that come with typst, alike on every machine.

    Data is handed over as JSON, so that no text becomes markup. Letters which these fonts lack
    are looked for among the machine's own fonts, and replaced when it has none either: a name in
    a rare script must never cost a board its paper.
    """

    def __init__(self, templates: Path = TEMPLATES) -> None:
        self._templates = templates

    def print(self, template: str, data: Mapping[str, Any]) -> bytes:
        """Return the PDF."""
        import typst  # noqa: PLC0415  (large, and most processes never print)

        said = json.dumps(data, ensure_ascii=False)
        own_fonts_only = True
        source = str(self._templates / f"{template}.typ")
        for _ in range(MOST_STRANGE_LETTERS + 2):
            try:
                self._try_letters(said, own_fonts_only=own_fonts_only)
                return _compile(source, said, own_fonts_only=own_fonts_only, root=self._templates)
            except typst.TypstError as error:
                strange = _NO_GLYPH.search(str(error))
                if strange is None:
                    raise
                if not own_fonts_only:
                    said = _without(_meant(strange["text"]), said)
                own_fonts_only = False
        raise RuntimeError(f"{template} has more letters without a font than can be replaced")

    @cached_property
    def edition(self) -> str:
        """What is another text with another release of typst or another word in a template."""
        texts = (path.read_bytes() for path in sorted(self._templates.rglob("*.typ")))
        said = b"\x00".join([version("typst").encode(), *texts])
        return hashlib.sha256(said).hexdigest()

    def unprintable(self, words: Iterable[str]) -> frozenset[str]:
        """Return the words with letters that no font on this machine has."""
        return frozenset(
            word for word in words if not all(_has_font(rare) for rare in _RARE.findall(word))
        )

    def _try_letters(self, said: str, *, own_fonts_only: bool) -> None:
        """Set the rarer words by themselves first: a long paper is not set in vain for each."""
        words = sorted(set(_RARE.findall(said)))
        if words:
            listed = json.dumps({"words": words}, ensure_ascii=False)
            _compile(LETTERS, listed, own_fonts_only=own_fonts_only)


@lru_cache(maxsize=4096)
def _has_font(word: str) -> bool:
    """Tell whether some font has all letters of a word. Fonts come and go with a new start."""
    import typst  # noqa: PLC0415

    listed = json.dumps({"words": [word]}, ensure_ascii=False)
    for own_fonts_only in (True, False):
        try:
            _compile(LETTERS, listed, own_fonts_only=own_fonts_only)
        except typst.TypstError as error:
            if _NO_GLYPH.search(str(error)) is None:
                raise
        else:
            return True
    return False


def _compile(source: Any, said: str, *, own_fonts_only: bool, root: Path = TEMPLATES) -> bytes:
    import typst  # noqa: PLC0415

    pdf = typst.compile(
        source,
        root=str(root),
        ignore_system_fonts=own_fonts_only,
        sys_inputs={"data": said},
        format="pdf",
        pdf_standards="ua-1",  # ISO 14289-1: tagged, with title and language
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned several files where one was asked for")
    return pdf


def _meant(quoted: str) -> str:
    """Return the text that an error of typst quotes; its escapes are those of Rust."""
    return _ESCAPE.sub(
        lambda found: chr(int(found["code"], 16)) if found["code"] else found["letter"], quoted
    )


def _without(strange: str, said: str) -> str:
    """Return the data with question marks for words that no font can set.

    The whole word goes: what is left of it would be set as if it were of the same script.
    """
    left = re.sub(f"[^\\x00-\\x7f]*{re.escape(strange)}[^\\x00-\\x7f]*", _question_marks, said)
    if left == said:
        raise RuntimeError(f"no font has {strange!a}, and it stands nowhere in the data")
    return left


def _question_marks(word: re.Match[str]) -> str:
    letters = [one for one in word[0] if not unicodedata.category(one).startswith("M")]
    return QUESTION_MARK * max(1, len(letters))
