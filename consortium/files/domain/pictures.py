"""Pictures, part by part: what draws them stays, everything else goes.

No part is decoded, so nothing here can be made to fill the memory. A picture whose parts do not
join exactly is refused, and so is one that claims to be enormous.
"""

import struct
import zlib
from collections.abc import Iterator

from consortium.files.domain.faults import Unclean
from consortium.words import say

MOST_PIXELS = 60_000_000
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_DRAWS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"}
    | {b"pHYs", b"bKGD", b"hIST"}
)
WEBP_DRAWS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
NOTES_IN_WEBP = 0b00001100  # the flags of VP8X that announce EXIF and XMP
START, END, SCAN, STUFFED = 0xD8, 0xD9, 0xDA, 0x00
RESTARTS = range(0xD0, 0xD8)
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JFIF, EXIF, COLOURS, ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
NOTES = frozenset(range(0xE0, 0xF0)) | {0xFE}
ORIENTATION = 0x0112
WAYS_UP = range(1, 9)


def clean_png(content: bytes) -> bytes:
    """Return the PNG with only the chunks that draw it. Raises ``Unclean``."""
    chunks = list(_chunks(content))
    names = [name for name, _ in chunks]
    if not names or names[0] != b"IHDR" or names[-1] != b"IEND" or b"IDAT" not in names:
        raise Unclean
    if names.count(b"IHDR") > 1 or len(chunks[0][1]) != 13:  # noqa: PLR2004  (by its standard)
        raise Unclean
    _check_size(*struct.unpack(">II", chunks[0][1][:8]))
    drawn = (_chunk(name, data) for name, data in chunks if name in PNG_DRAWS)
    return PNG_SIGNATURE + b"".join(drawn)


def clean_jpeg(content: bytes) -> bytes:
    """Return the JPEG without notes and without anything behind its end. Raises ``Unclean``.

    Which way up it was taken is kept: without it, most telephones' pictures lie on their side.
    """
    kept = [b"\xff\xd8"]
    at, sized, scanned = 2, False, False
    while True:
        marker, at = _marker(content, at)
        if marker == END:
            break
        if marker == START or marker in RESTARTS:
            raise Unclean
        if at + 2 > len(content):
            raise Unclean
        length = int.from_bytes(content[at : at + 2])
        body = content[at + 2 : at + length]
        if length < 2 or len(body) != length - 2:  # noqa: PLR2004  (the length counts itself)
            raise Unclean
        if marker in FRAMES:
            if len(body) < 5:  # noqa: PLR2004  (precision, height, width)
                raise Unclean
            height, width = struct.unpack(">HH", body[1:5])
            _check_size(width, height)
            sized = True
        kept.append(_segment(marker, body))
        at += length
        if marker == SCAN:
            scanned = True
            behind = _behind_scan(content, at)
            kept.append(content[at:behind])
            at = behind
    if not (sized and scanned):
        raise Unclean
    return b"".join(kept) + b"\xff\xd9"


def clean_webp(content: bytes) -> bytes:
    """Return the WebP picture without notes. Raises ``Unclean``."""
    size = int.from_bytes(content[4:8], "little") + 8
    if content[8:12] != b"WEBP" or size > len(content):
        raise Unclean
    parts = list(_riff_chunks(content[12:size]))
    if not parts or parts[0][0] not in {b"VP8 ", b"VP8L", b"VP8X"}:
        raise Unclean
    drawn = b""
    for name, data in parts:
        if name not in WEBP_DRAWS:
            continue
        if name == b"VP8X":
            if len(data) != 10:  # noqa: PLR2004  (by its standard)
                raise Unclean
            width, height = (int.from_bytes(data[n : n + 3], "little") + 1 for n in (4, 7))
            _check_size(width, height)
            data = bytes([data[0] & ~NOTES_IN_WEBP]) + data[1:]  # noqa: PLW2901
        drawn += name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(drawn) + 4) + b"WEBP" + drawn


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG_SIGNATURE)
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        name, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        checksum = content[at + 8 + length : at + 12 + length]
        if len(data) != length or checksum != struct.pack(">I", zlib.crc32(name + data)):
            raise Unclean
        yield name, data
        if name == b"IEND":
            return
        at += 12 + length
    raise Unclean


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _riff_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        data = content[at + 8 : at + 8 + length]
        if len(data) != length:
            raise Unclean
        yield content[at : at + 4], data
        at += 8 + length + length % 2
    if at < len(content):
        raise Unclean


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """Return the marker that stands here and where its data begin; fill bytes may go before."""
    begin = at
    while content[at : at + 1] == b"\xff":
        at += 1
    if at == begin or at >= len(content) or content[at] == STUFFED:
        raise Unclean
    return content[at], at + 1


def _behind_scan(content: bytes, at: int) -> int:
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Unclean
        if content[at + 1] != STUFFED and content[at + 1] not in RESTARTS:
            return at
        at += 2


def _segment(marker: int, body: bytes) -> bytes:
    if marker in NOTES:
        keeps = (
            (marker == JFIF and body.startswith(b"JFIF\0"))
            or (marker == COLOURS and body.startswith(b"ICC_PROFILE\0"))
            or (marker == ADOBE and body.startswith(b"Adobe"))
        )
        if marker == JFIF and keeps:
            body = body[:12] + b"\0\0"  # without the small picture inside
        elif marker == EXIF:
            body = _only_which_way_up(body)
            keeps = bool(body)
        if not keeps:
            return b""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def _only_which_way_up(body: bytes) -> bytes:
    """Return an EXIF part that tells which way up the picture is and nothing else, if it did."""
    tiff = body[6:]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if not body.startswith(b"Exif\0\0") or order is None or len(tiff) < 10:  # noqa: PLR2004
        return b""
    at = struct.unpack(order + "I", tiff[4:8])[0]
    count = int.from_bytes(tiff[at : at + 2], "little" if order == "<" else "big")
    for n in range(min(count, 200)):
        entry = tiff[at + 2 + 12 * n : at + 14 + 12 * n]
        if len(entry) < 12:  # noqa: PLR2004  (tag, kind, count, value)
            return b""
        tag, _, _, way = struct.unpack(order + "HHIH2x", entry)
        if tag == ORIENTATION and way in WAYS_UP:
            said = struct.pack(">HHIH2x", ORIENTATION, 3, 1, way)
            return b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + said + b"\0\0\0\0"
    return b""


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Unclean
    if width * height > MOST_PIXELS:
        raise Unclean(say("This picture has too many pixels. Make it smaller and try again."))
