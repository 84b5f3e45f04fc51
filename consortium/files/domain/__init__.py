"""What may be handed in, told from the bytes and never from what the sender claims."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from consortium.errors import Refusal
from consortium.files.domain.documents import clean_pdf, clean_text, office_kind
from consortium.files.domain.faults import BROKEN, Unclean
from consortium.files.domain.pictures import clean_jpeg, clean_png, clean_webp
from consortium.words import Sentence, say

MEGABYTE = 1024 * 1024
LARGEST = 5 * MEGABYTE
LONGEST_NAME = 120
PDF = "application/pdf"
PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT, CSV = "text/plain", "text/csv"
ENDINGS: Mapping[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    DOCX: (".docx",),
    PPTX: (".pptx",),
    XLSX: (".xlsx",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    WEBP: (".webp",),
    TEXT: (".txt",),
    CSV: (".csv",),
}
WORDS: Mapping[str, Sentence] = {
    PDF: say("PDF"),
    DOCX: say("Word (.docx)"),
    PPTX: say("PowerPoint (.pptx)"),
    XLSX: say("Excel (.xlsx)"),
    PNG: say("PNG"),
    JPEG: say("JPEG"),
    WEBP: say("WebP"),
    TEXT: say("plain text"),
    CSV: say("CSV"),
}
"""What people call each kind of file, in the order in which kinds are listed."""
_OFFICE: Mapping[str, str] = {"word": DOCX, "ppt": PPTX, "xl": XLSX}


@dataclass(frozen=True, kw_only=True)
class Taken:
    """Which files are taken at one place: their kinds, told from the bytes, and their size."""

    kinds: frozenset[str] = frozenset(ENDINGS) - {PPTX}
    largest: int = LARGEST
    """Bytes."""

    @property
    def words(self) -> Sentence:
        """The kinds as people call them: “PDF, Word (.docx) or PNG”."""
        named = [words for kind, words in WORDS.items() if kind in self.kinds]
        if len(named) == 1:
            return named[0]
        return say("%(first)s or %(last)s", first=", ".join(named[:-1]), last=named[-1])

    @property
    def accept(self) -> str:
        """What a file picker offers first."""
        return ",".join(
            ending for kind, endings in ENDINGS.items() if kind in self.kinds for ending in endings
        )

    @property
    def megabytes(self) -> int:
        """How large a file may be, as people say it."""
        return self.largest // MEGABYTE


USUAL = Taken()
"""What is taken as an answer or a proof."""
ACCEPT = USUAL.accept

_Cleaner = Callable[[bytes], bytes]
_SIGNED: tuple[tuple[bytes, str, _Cleaner], ...] = (
    (b"%PDF-", PDF, clean_pdf),
    (b"\x89PNG\r\n\x1a\n", PNG, clean_png),
    (b"\xff\xd8\xff", JPEG, clean_jpeg),
    (b"RIFF", WEBP, clean_webp),
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


def clean_file(filename: str, content: bytes, taken: Taken = USUAL) -> CleanFile:
    """Return the file as it may be kept.

    Pictures are written anew without what does not draw them: places, cameras, comments, and
    anything behind their end. Raises ``FileRefused`` for what is empty, too large, of another
    kind, or not whole.
    """
    if not content:
        raise FileRefused(say("This file is empty. Choose another one."))
    if len(content) > taken.largest:
        raise FileRefused(
            say("This file is larger than %(n)s MB. Choose a smaller one.", n=taken.megabytes)
        )
    try:
        content_type, cleaned = _cleaned(filename, content, taken)
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


def _cleaned(filename: str, content: bytes, taken: Taken) -> tuple[str, bytes]:
    content_type, clean = _kind_of(filename, content)
    if content_type not in taken.kinds:
        raise Unclean(
            say(
                "We cannot take this kind of file. Choose one of these: %(taken)s.",
                taken=taken.words,
            )
        )
    return content_type, clean(content)


def _kind_of(filename: str, content: bytes) -> tuple[str, _Cleaner]:
    for signature, content_type, clean in _SIGNED:
        if content.startswith(signature):
            return content_type, clean
    if content.startswith(_ZIP):
        return _OFFICE[office_kind(content)], bytes
    ending = PurePosixPath(filename.replace("\\", "/")).suffix.lower()
    for content_type in (TEXT, CSV):
        if ending in ENDINGS[content_type]:
            return content_type, clean_text
    return "", bytes


__all__ = [
    "ACCEPT",
    "BROKEN",
    "LARGEST",
    "MEGABYTE",
    "USUAL",
    "CleanFile",
    "FileRefused",
    "Taken",
    "clean_file",
    "shown_name",
]
