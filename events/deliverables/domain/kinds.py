"""Which files teams may hand in, as a host chooses them."""

from collections.abc import Collection, Mapping

from consortium.files.domain import CSV, DOCX, JPEG, PDF, PNG, PPTX, TEXT, WEBP, XLSX
from consortium.words import Sentence, say

FILE_GROUPS: Mapping[str, tuple[Sentence, frozenset[str]]] = {
    "pdf": (say("PDF"), frozenset({PDF})),
    "word": (say("Word"), frozenset({DOCX})),
    "slides": (say("PowerPoint"), frozenset({PPTX})),
    "sheet": (say("Excel or CSV"), frozenset({XLSX, CSV})),
    "picture": (say("Pictures (PNG, JPEG, WebP)"), frozenset({PNG, JPEG, WEBP})),
    "text": (say("Plain text"), frozenset({TEXT})),
}
"""What a host ticks, and the kinds of files that are meant."""


def kinds_of_files(groups: Collection[str]) -> frozenset[str]:
    """Return the kinds of files in these groups."""
    return frozenset(kind for group in groups for kind in FILE_GROUPS[group][1])
