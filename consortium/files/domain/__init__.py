"""What may be handed in, told from the bytes and never from what the sender claims."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from consortium.errors import Refusal
from consortium.files.domain.documents import clean_pdf, clean_text, office_kind
from consortium.files.domain.faults import BROKEN, Unclean
from consortium.files.domain.pictures import clean_jpeg, clean_png, clean_webp
from consortium.words import say

LARGEST = 5 * 1024 * 1024  # bytes
LONGEST_NAME = 120
TAKEN = say("PDF, Word (.docx), Excel (.xlsx), PNG, JPEG, WebP, plain text or CSV")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT, CSV = "text/plain", "text/csv"
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    TEXT: (".txt",),
    CSV: (".csv",),
}
ACCEPT = ",".join(ending for endings in ENDINGS.values() for ending in endings)
"""What a file picker offers first."""

_Cleaner = Callable[[bytes], bytes]
_SIGNED: tuple[tuple[bytes, str, _Cleaner], ...] = (
    (b"%PDF-", "application/pdf", clean_pdf),
    (b"\x89PNG\r\n\x1a\n", "image/png", clean_png),
    (b"\xff\xd8\xff", "image/jpeg", clean_jpeg),
    (b"RIFF", "image/webp", clean_webp),
)
_ZIP = b"PK\x03\x04"


class FileRefused(Refusal):
    """The file cannot be taken; the sentence says what can."""


@dataclass(frozen=True, kw_only=True)
class CleanFile:
    """A file that may be kept: what it is, by its bytes, and a name fit to be shown."""

    filename: str
    content_type: str
    content: bytes


def clean_file(filename: str, content: bytes) -> CleanFile:
    """Return the file as it may be kept.

    Pictures are written anew without what does not draw them: places, cameras, comments, and
    anything behind their end. Raises ``FileRefused`` for what is empty, too large, of another
    kind, or not whole.
    """
    if not content:
        raise FileRefused(say("This file is empty. Choose another one."))
    if len(content) > LARGEST:
        raise FileRefused(say("This file is larger than 5 MB. Choose a smaller one."))
    try:
        content_type, cleaned = _cleaned(filename, content)
    except Unclean as fault:
        raise FileRefused(fault.sentence) from fault
    return CleanFile(
        filename=shown_name(filename, content_type), content_type=content_type, content=cleaned
    )


def shown_name(filename: str, content_type: str) -> str:
    """Return a name fit to be shown and offered for saving; it ends as its kind ends.

    Whatever looks like a folder is dropped, so are marks that hide or reorder letters.
    """
    last = PurePosixPath(filename.replace("\\", "/")).name
    seen = (c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    name = "".join(seen).replace("\u2028", "").replace("\u2029", "").strip(" .")
    endings = ENDINGS[content_type]
    stem = name
    ending = endings[0]
    for one in endings:
        if name.lower().endswith(one):
            stem, ending = name[: -len(one)], one
    stem = stem.strip(" .")[: LONGEST_NAME - len(ending)] or "file"
    return stem + ending


def _cleaned(filename: str, content: bytes) -> tuple[str, bytes]:
    for signature, content_type, clean in _SIGNED:
        if content.startswith(signature):
            return content_type, clean(content)
    if content.startswith(_ZIP):
        return {"word": DOCX, "xl": XLSX}[office_kind(content)], content
    ending = PurePosixPath(filename.replace("\\", "/")).suffix.lower()
    for content_type in (TEXT, CSV):
        if ending in ENDINGS[content_type]:
            return content_type, clean_text(content)
    raise Unclean(
        say("We cannot take this kind of file. Choose one of these: %(taken)s.", taken=TAKEN)
    )


__all__ = [
    "ACCEPT",
    "BROKEN",
    "LARGEST",
    "CleanFile",
    "FileRefused",
    "clean_file",
    "shown_name",
]
