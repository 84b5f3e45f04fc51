"""What a screen reader hears of a PDF: its tags and their text, in the order of its structure.

Reads what typst writes (plain objects, compressed streams, fonts with two-byte letters), no more.
"""

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

OBJECT = re.compile(rb"\n(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
TOKEN = re.compile(
    rb"MCID (?P<mcid>\d+)[^>]*>>\s*BDC|(?P<artifact>/Artifact)|(?P<end>EMC)"
    rb"|/(?P<font>f\d+) [\d.]+ Tf|<(?P<hex>[0-9A-Fa-f]+)>"
    # Brackets in pairs are not escaped.
    rb"|\((?P<text>(?:\\.|[^\\()]|\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\))*)\)",
    re.DOTALL,
)
ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n")
DECORATION = -1
KID = re.compile(rb"/Pg (\d+) 0 R/MCID (\d+)|(\d+) 0 R|(\d+)")


class Heard(NamedTuple):
    """One element with text of its own."""

    tag: str
    text: str


def read_aloud(pdf: bytes) -> list[Heard]:
    """Return the elements of the structure tree that have text, as they are read."""
    objects = {int(found[1]): found[2] for found in OBJECT.finditer(pdf)}
    texts = {
        (page, mcid): text
        for page, body in objects.items()
        if b"/Type/Page/" in body
        for mcid, text in _marked(objects, body).items()
    }
    (root,) = (body for body in objects.values() if b"/Type/StructTreeRoot" in body)
    return list(_below(objects, texts, root))


def whole_text(pdf: bytes) -> str:
    """Return all that is read, without spaces: lines break where the width ends."""
    return squeezed("".join(heard.text for heard in read_aloud(pdf)))


def squeezed(text: str) -> str:
    """Return the text without spaces."""
    return "".join(text.split())


def decorations(pdf: bytes) -> list[str]:
    """Return for each page what is seen and not read: its foot, and heads said before."""
    objects = {int(found[1]): found[2] for found in OBJECT.finditer(pdf)}
    drawn = (body for body in objects.values() if b"/Type/Page/" in body)
    return [_marked(objects, body).get(DECORATION, "") for body in drawn]


def _below(
    objects: dict[int, bytes], texts: dict[tuple[int, int], str], body: bytes
) -> Iterator[Heard]:
    tag = re.search(rb"/S/(\w+)", body)
    page = re.search(rb"\]/Pg (\d+) 0 R", body)
    kids = re.search(rb"/K\[(.*?)\]", body)
    own = ""
    for found in KID.finditer(kids[1] if kids else b""):
        on, marked, child, mcid = (int(one) if one else None for one in found.groups())
        if child is not None:
            if b"/Type/StructElem" in objects[child]:
                yield from _below(objects, texts, objects[child])
            continue
        where = on if on is not None else int(page[1]) if page else -1
        own += texts.get((where, marked if marked is not None else mcid or 0), "")
    if own and tag:
        yield Heard(tag[1].decode(), " ".join(own.split()))


def _marked(objects: dict[int, bytes], page: bytes) -> dict[int, str]:
    """Return the text of each marked part of a page; what is decoration is together."""
    fonts = {
        name.decode(): _letters(objects, int(font))
        for name, font in re.findall(rb"/(f\d+) (\d+) 0 R", objects[_number(page, b"Resources")])
    }
    mcid: int | None = None
    letters: dict[bytes, str] = {}
    texts: dict[int, str] = {}
    for token in TOKEN.finditer(_stream(objects[_number(page, b"Contents")])):
        if token["mcid"]:
            mcid = int(token["mcid"])
        elif token["artifact"]:
            mcid = DECORATION
        elif token["end"]:
            mcid = None
        elif token["font"]:
            letters = fonts[token["font"].decode()]
        elif mcid is not None:
            raw = (
                bytes.fromhex(token["hex"].decode()) if token["hex"] else _unescaped(token["text"])
            )
            texts[mcid] = texts.get(mcid, "") + _said(raw, letters)
    return texts


def _said(raw: bytes, letters: dict[bytes, str]) -> str:
    return "".join(letters[raw[at : at + 2]] for at in range(0, len(raw), 2))


def _unescaped(text: bytes) -> bytes:
    def meant(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([int(code, 8)]) if len(code) > 1 else ESCAPED.get(code, code)

    return ESCAPE.sub(meant, text)


def _letters(objects: dict[int, bytes], font: int) -> dict[bytes, str]:
    said = _stream(objects[_number(objects[font], b"ToUnicode")])
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in PAIR.findall(said)
    }


def _stream(body: bytes) -> bytes:
    return zlib.decompress(body.split(b"stream\n", 1)[1].rsplit(b"\nendstream", 1)[0])


def _number(body: bytes, name: bytes) -> int:
    found = re.search(rb"/%s (\d+) 0 R" % name, body)
    assert found, name
    return int(found[1])
