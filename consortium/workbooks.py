"""The first sheet of an XLSX workbook as rows of text, whoever wrote the file.

A workbook is a ZIP file of XML. Both can be made to hurt: a small file that unpacks into a huge
one, sizes that lie, entities that grow or fetch, names that lead out of a folder. So nothing is
ever written to disk, every part is read up to a limit that does not ask the file, and a document
type (the only place for entities) is refused. What Excel shows is what comes out: text with its
leading zeros and signs, whole numbers without a decimal point, days as 2027-06-21.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat

from consortium.archives import UNREADABLE
from consortium.errors import Refusal
from consortium.words import say
from consortium.workbook_cells import (
    FIRST_DAYS,
    Attributes,
    Cells,
    Reading,
    WorkbookRefused,
    too_large,
    unescaped,
)

LARGEST_UNPACKED = 48 * 1024 * 1024  # bytes of all the parts that are read
MOST_PARTS = 2_000
MOST_ELEMENTS = 2_000_000  # of all the parts; each takes time, however short it is in the file
DEEPEST = 100  # elements inside one another
LONGEST_TAG = 1024 * 1024  # bytes; a tag is held in memory until it ends
AT_ONCE = 64 * 1024
DAY_FORMATS = frozenset({*range(14, 23), *range(45, 48)})
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
ATTRIBUTE_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
STRICT_ID = "http://purl.oclc.org/ooxml/officeDocument/relationships id"


def first_sheet(content: bytes) -> Iterator[tuple[int, list[str] | Refusal]]:
    """Give each row of the first visible sheet with its number; empty rows are left out.

    Raises ``WorkbookRefused`` for what is no workbook, or one that is too large.
    """
    with _sentences(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = _Parts(archive)
        sheet, counts_from_1904 = _first_visible(parts)
        reading = Reading(
            texts=_shared_texts(parts),
            day_styles=_day_styles(parts),
            first_day=FIRST_DAYS[counts_from_1904],
        )
        yield from _rows(parts, sheet, reading)


@contextmanager
def _sentences() -> Iterator[None]:
    """Say in a sentence what is wrong with a broken file."""
    try:
        yield
    except (expat.ExpatError, LookupError, *UNREADABLE) as error:
        raise WorkbookRefused(
            say("The workbook is damaged or protected by a password. Save it again as XLSX.")
        ) from error


class _Parts:
    """The parts of a workbook, read up to a limit for all of them together."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        if len(archive.infolist()) > MOST_PARTS:
            raise too_large()
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        self._left = LARGEST_UNPACKED
        self._elements_left = MOST_ELEMENTS

    def has(self, name: str) -> bool:
        """Tell whether the workbook has this part."""
        return name.lower() in self._names

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give the part piece by piece."""
        with self._archive.open(self._names[name.lower()]) as part:
            while piece := part.read(AT_ONCE):
                self._left -= len(piece)
                if self._left < 0:
                    raise too_large()
                yield piece

    def read(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] = lambda _name: None,
        text: Callable[[str], None] = lambda _text: None,
    ) -> Iterator[None]:
        """Parse the part, stopping after each piece so that what it gave can be taken."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler, parser.EndElementHandler = self._counted(start, end)
        parser.CharacterDataHandler = text
        given = 0
        for piece in self.chunks(name):
            parser.Parse(piece, False)
            given += len(piece)
            if given - parser.CurrentByteIndex > LONGEST_TAG:
                raise too_large()
            yield
        parser.Parse(b"", True)
        yield

    def _counted(
        self, start: Callable[[str, Attributes], None], end: Callable[[str], None]
    ) -> tuple[Callable[[str, Attributes], None], Callable[[str], None]]:
        """Return the two so that they stop at very many elements, also inside one another."""
        depth = 0

        def begin(tag: str, values: Attributes) -> None:
            nonlocal depth
            depth += 1
            self._elements_left -= 1
            if self._elements_left < 0 or depth > DEEPEST:
                raise too_large()
            start(_local(tag), values)

        def finish(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(_local(tag))

        return begin, finish

    def read_whole(self, name: str, **handlers: Any) -> None:
        """Parse the part to its end, if the workbook has it."""
        if self.has(name):
            for _ in self.read(name, **handlers):
                pass


def _refuse_document_type(*_: object) -> None:
    raise WorkbookRefused(
        say("The workbook holds instructions (a document type) that no spreadsheet program writes.")
    )


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _first_visible(parts: _Parts) -> tuple[str, bool]:
    """Return the part that holds the first visible sheet, and whether days count from 1904."""
    if not parts.has("xl/workbook.xml"):
        raise WorkbookRefused(
            say("The file is no XLSX workbook. Save it as “Excel workbook (.xlsx)” or as CSV.")
        )
    sheets: list[str] = []
    said = {"date1904": False}

    def start(name: str, values: Attributes) -> None:
        if name == "workbookPr":
            said["date1904"] = values.get("date1904", "0") in {"1", "true"}
        if name == "sheet" and values.get("state", "visible") == "visible":
            sheets.append(values.get(ATTRIBUTE_ID) or values.get(STRICT_ID) or "")

    parts.read_whole("xl/workbook.xml", start=start)
    targets: dict[str, str] = {}
    parts.read_whole(
        "xl/_rels/workbook.xml.rels",
        start=lambda _name, values: targets.update(
            {values.get("Id", ""): values.get("Target", "")}
        ),
    )
    path = targets.get(sheets[0], "") if sheets else ""
    path = path.lstrip("/") if path.startswith("/") else normpath(join("xl", path))
    if not parts.has(path):
        raise WorkbookRefused(say("The workbook has no sheet that can be read."))
    return path, said["date1904"]


def _shared_texts(parts: _Parts) -> list[str]:
    texts: list[str] = []
    pieces: list[str] = []
    open_tags: list[str] = []

    def start(name: str, _values: Attributes) -> None:
        open_tags.append(name)
        if name == "si":
            pieces.clear()

    def end(name: str) -> None:
        open_tags.pop()
        if name == "si":
            texts.append(unescaped("".join(pieces)))

    def text(said: str) -> None:
        if open_tags[-1] == "t" and "rPh" not in open_tags:  # how it is read aloud is not the text
            pieces.append(said)

    parts.read_whole("xl/sharedStrings.xml", start=start, end=end, text=text)
    return texts


def _day_styles(parts: _Parts) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as a day."""
    own: dict[int, str] = {}
    styles: list[int] = []
    within: list[str] = []

    def start(name: str, values: Attributes) -> None:
        within.append(name)
        if name == "numFmt":
            own[int(values["numFmtId"])] = values.get("formatCode", "")
        if name == "xf" and "cellXfs" in within:
            styles.append(int(values.get("numFmtId", "0")))

    parts.read_whole("xl/styles.xml", start=start, end=lambda _name: within.pop() and None)
    days = DAY_FORMATS | {number for number, code in own.items() if _shows_a_day(code)}
    return frozenset(n for n, number in enumerate(styles) if number in days)


def _shows_a_day(code: str) -> bool:
    plain = QUOTED.sub("", code).lower()
    return "y" in plain or ("d" in plain and "m" in plain)


def _rows(parts: _Parts, sheet: str, reading: Reading) -> Iterator[tuple[int, list[str] | Refusal]]:
    cells = Cells(reading)
    for _ in parts.read(sheet, start=cells.start, end=cells.end, text=cells.text):
        yield from cells.done
        cells.done.clear()
