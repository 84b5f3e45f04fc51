"""Small documents of the story, whole enough for a word processor."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from flask import current_app

from consortium.files import service as files
from consortium.files.domain import clean_file
from consortium.files.service import PutFile

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
WRITTEN = (2026, 1, 5, 9, 0, 0)
"""When the documents were saved, so that the story is the same each time."""


def put_document(name: str, title: str, lines: Sequence[str]) -> PutFile:
    """Hand a Word document of one page to the storage."""
    storage = current_app.extensions["ports"].storage
    return files.put(storage, clean_file(name, document(title, lines)))


def document(title: str, lines: Sequence[str]) -> bytes:
    """Return a Word document: a title, then a paragraph for each line."""
    text = _paragraph(title, large=True) + "".join(_paragraph(line) for line in lines)
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{OFFICE}.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            f'{HEAD}<w:document xmlns:w="{word}"><w:body>{text}</w:body></w:document>'
        ),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, WRITTEN), content)
    return file.getvalue()


def _paragraph(text: str, *, large: bool = False) -> str:
    look = '<w:rPr><w:b/><w:sz w:val="36"/></w:rPr>' if large else ""
    return f'<w:p><w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
