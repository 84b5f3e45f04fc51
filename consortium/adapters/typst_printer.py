"""PDF by typst, behind the ``Printer`` port. No other package imports ``typst``."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from consortium.settings import ROOT

TEMPLATES = ROOT / "templates" / "print"
STANDARD = "ua-1"  # ISO 14289-1: tagged, with title and language
MOST_STRANGE_LETTERS = 200
WHITE_SQUARE = "\u25a1"
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
        for attempt in range(MOST_STRANGE_LETTERS + 2):
            try:
                return self._compile(template, said, own_fonts_only=attempt == 0)
            except typst.TypstError as error:
                strange = _NO_GLYPH.search(str(error))
                if strange is None:
                    raise
                if attempt > 0:
                    said = said.replace(json.loads(f'"{strange["text"]}"'), WHITE_SQUARE)
        raise RuntimeError(f"{template} has more letters without a font than can be replaced")

    def _compile(self, template: str, said: str, *, own_fonts_only: bool) -> bytes:
        import typst  # noqa: PLC0415

        pdf = typst.compile(
            str(self._templates / f"{template}.typ"),
            root=str(self._templates),
            ignore_system_fonts=own_fonts_only,
            sys_inputs={"data": said},
            format="pdf",
            pdf_standards=[STANDARD],
        )
        if not isinstance(pdf, bytes):
            raise TypeError("typst returned several files where one was asked for")
        return pdf
