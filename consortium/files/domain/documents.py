"""Documents: whole, without what acts by itself, and not larger inside than they look."""

import io
import re
import zipfile

from consortium.archives import UNREADABLE
from consortium.files.domain.faults import Unclean
from consortium.words import say

PDF_HEAD = re.compile(rb"%PDF-[12]\.[0-9]")
TAIL = 2048
# What a PDF does by itself when someone opens it. A file can hide these words from us; readers
# stop most of it, and we only ever hand the file out to be saved.
ACTS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z])")
MOST_PARTS = 2_000
LARGEST_INSIDE = 60 * 1024 * 1024  # bytes, all parts together; a large file may be twice itself
MOST_PRESSED = 200  # times smaller than it is; honest office files stay far below
OFFICE = {"word": "word/document.xml", "ppt": "ppt/presentation.xml", "xl": "xl/workbook.xml"}
TYPES = "[Content_Types].xml"
MACROS = ("vbaproject.bin", "macroenabled", "/activex/")
PRESSED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
NAMED = 4_000_000  # bytes of the list of parts; more is no document


def clean_pdf(content: bytes) -> bytes:
    """Return the PDF as it is. Raises ``Unclean`` when it is not whole, or acts by itself."""
    if not PDF_HEAD.match(content) or b"%%EOF" not in content[-TAIL:]:
        raise Unclean
    if ACTS.search(content):
        raise Unclean(
            say(
                "This PDF holds a form that runs programs, or other files. Print it to a new PDF "
                "and send that one."
            )
        )
    return content


def clean_text(content: bytes) -> bytes:
    """Return the text in UTF-8. Raises ``Unclean`` for other encodings and control characters."""
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    encoding = next((name for mark, name in marks.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unclean(
            say("We cannot read the letters of this file. Save it as UTF-8 and try again.")
        ) from error
    if any(ord(character) < ord(" ") and character not in "\t\r\n\f" for character in text):
        raise Unclean
    return text.encode()


def office_kind(content: bytes) -> str:
    """Return ``word``, ``ppt`` or ``xl``. Raises ``Unclean`` for other archives and for macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_parts(parts, most=max(LARGEST_INSIDE, 2 * len(content)))
            names = {part.filename for part in parts}
            if TYPES not in names or archive.getinfo(TYPES).file_size > NAMED:
                raise Unclean
            with archive.open(TYPES) as file:
                types = file.read(NAMED)
    except UNREADABLE as error:
        raise Unclean from error
    said = types.lower()
    if any(word.encode() in said for word in MACROS) or any(
        word in name.lower() for name in names for word in MACROS
    ):
        raise Unclean(say("This file has macros. Save it without them (.docx, .pptx, .xlsx)."))
    if b"<!doctype" in said or b"<!entity" in said:
        raise Unclean
    kinds = [kind for kind, part in OFFICE.items() if part in names]
    if len(kinds) != 1:
        raise Unclean(
            say("This archive is no Word, PowerPoint or Excel file. Send its files one by one.")
        )
    return kinds[0]


def _check_parts(parts: list[zipfile.ZipInfo], *, most: int) -> None:
    if len(parts) > MOST_PARTS or len({part.filename for part in parts}) != len(parts):
        raise Unclean
    inside = 0
    for part in parts:
        way = part.filename.replace("\\", "/").split("/")
        if ".." in way or part.filename.startswith(("/", "\\")) or ":" in part.filename:
            raise Unclean
        if part.flag_bits & 1:
            raise Unclean(say("This file is locked by a password. Save it without one."))
        if part.compress_type not in PRESSED:
            raise Unclean
        inside += part.file_size
        if part.file_size > MOST_PRESSED * max(part.compress_size, 1024):
            raise Unclean
    if inside > most:
        raise Unclean(say("This file is too large when it is unpacked. Send a smaller one."))
