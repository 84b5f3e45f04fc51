"""Small files of every kind that may be handed in, and ways to spoil them."""

import io
import struct
import zipfile
import zlib

EXIF_SIDEWAYS = (
    b"Exif\0\0II*\0\x08\0\0\0"
    + struct.pack("<H", 2)
    + struct.pack("<HHII", 0x010F, 2, 4, 0x00594E53)
    + struct.pack("<HHIH2x", 0x0112, 3, 1, 6)
    + b"\0\0\0\0GPS 40.7"
)
PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"


def png(*notes: tuple[bytes, bytes], width: int = 1, behind: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), *notes, (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts) + behind


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*notes: bytes, behind: bytes = b"", width: int = 1) -> bytes:
    frame = segment(0xC0, b"\x08" + struct.pack(">HH", 1, width) + b"\x01\x01\x11\0")
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + b"".join(notes) + frame + scan + b"\xff\xd9" + behind


def webp(*notes: tuple[bytes, bytes], flags: int = 0) -> bytes:
    head = bytes([flags, 0, 0, 0]) + b"\0\0\0" + b"\0\0\0"
    parts = [(b"VP8X", head), (b"VP8L", b"\x2f\0\0\0\0"), *notes]
    body = b"".join(n + struct.pack("<I", len(d)) + d + b"\0" * (len(d) % 2) for n, d in parts)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def office(part: str = "word/document.xml", **further: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", further.pop("types", "<Types/>"))
        archive.writestr(part, "<document/>")
        for name, content in further.items():
            archive.writestr(name, content)
    return file.getvalue()
