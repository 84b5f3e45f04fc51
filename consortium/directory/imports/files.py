"""The file as it comes: packed or not, in some encoding, perhaps not a list at all."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from consortium.errors import Refusal
from consortium.sheets import FileRefused, csv_rows
from consortium.words import say

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ENCODINGS = ("utf-8", "cp1252", "latin-1", "mac-roman", "utf-16")
LARGEST = 200 * 1024 * 1024  # bytes, unpacked; the national list has 3 million
MOST_LINES = 200_000  # the national list has 20,358
LONGEST_LINE = 1024 * 1024  # characters
GZIP = b"\x1f\x8b"
UTF_8_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# What the first bytes of a file give away.
OTHER_KINDS = (
    (b"PK\x03\x04", say("an Excel workbook or a zip file")),
    (b"\xd0\xcf\x11\xe0", say("an old Excel workbook")),
    (b"%PDF", say("a PDF")),
    (b"<", say("a web page")),
    (b"{", say("JSON")),
    (GZIP, say("packed twice")),
)


@contextmanager
def opened(path: Path, encoding: str | None) -> Iterator["Rows"]:
    """Open the file for the block. Raises ``FileRefused``."""
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(path.open("rb"))
            size = path.stat().st_size
        except OSError as error:
            raise FileRefused(
                say("The file cannot be opened: %(why)s.", why=error.strerror or str(error))
            ) from error
        packed = raw.peek(len(GZIP)).startswith(GZIP)
        unpacked = stack.enter_context(gzip.GzipFile(fileobj=raw)) if packed else raw
        stream = io.BufferedReader(_Bounded(unpacked))
        with _sentences():
            start = stream.peek(8)
        text = io.TextIOWrapper(
            stream, _encoding(start, encoding), errors="surrogateescape", newline=""
        )
        stack.enter_context(text)
        yield Rows(raw, text, size=size, encoding=encoding or "UTF-8")


class Rows:
    """The rows of an open file, each with the line on which it begins."""

    def __init__(self, raw: BinaryIO, text: TextIO, *, size: int, encoding: str) -> None:
        self.size = size
        self._raw = raw
        self._text = text
        self._encoding = encoding

    @property
    def position(self) -> int:
        """How many bytes of the file have been read."""
        return self._raw.tell() if self._raw.seekable() else 0

    def __iter__(self) -> Iterator[tuple[int, list[str] | Refusal]]:
        """Give each row that is not empty, or why that row cannot be read.

        Raises ``FileRefused`` where the file is broken.
        """
        with _sentences():
            yield from csv_rows(self._lines())

    def _lines(self) -> Iterator[str]:
        number = 0
        while line := self._text.readline(LONGEST_LINE + 1):
            number += 1
            if number > MOST_LINES:
                most = f"{MOST_LINES:,}"
                raise FileRefused(
                    say("The file has more than %(most)s lines: no list of LEAs has.", most=most)
                )
            if len(line) > LONGEST_LINE:
                raise FileRefused(say("Line %(line)s is far too long for a list.", line=number))
            if "\0" in line:
                raise FileRefused(
                    say("Line %(line)s holds NUL bytes: this is no text file.", line=number)
                )
            if not _is_text(line):
                raise FileRefused(
                    say(
                        "Line %(line)s is not in %(encoding)s. Save the file as “CSV UTF-8”, or "
                        "name its encoding: --encoding cp1252 for most files of the CCD.",
                        line=number,
                        encoding=self._encoding,
                    )
                )
            yield line


def _is_text(line: str) -> bool:
    """Tell whether every byte of the line could be decoded; the others are lone surrogates."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _encoding(start: bytes, named: str | None) -> str:
    if not start:
        raise FileRefused(say("The file is empty."))
    for signature, kind in OTHER_KINDS:
        if start.startswith(signature):
            raise FileRefused(
                say("The file is %(kind)s. Fetch or save the list as “CSV UTF-8”.", kind=kind)
            )
    if start.startswith(UTF_16_MARKS):
        if named != "utf-16":
            raise FileRefused(
                say("The file is in UTF-16. Save it as “CSV UTF-8”, or add --encoding utf-16.")
            )
        return named
    if named in {None, "utf-8"} or start.startswith(UTF_8_MARK):
        return "utf-8-sig"
    return str(named)


@contextmanager
def _sentences() -> Iterator[None]:
    """Say in a sentence what is wrong with a packed file."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileRefused(
            say("The packed file is damaged or was not fetched to its end. Fetch it again.")
        ) from error
    except UnicodeDecodeError as error:
        raise FileRefused(
            say("The file is not in %(encoding)s.", encoding=error.encoding)
        ) from error


class _Bounded(io.RawIOBase):
    """A stream that ends with a refusal where a small file unpacks into a huge one."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile) -> None:
        self._stream = stream
        self._left = LARGEST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        chunk = self._stream.read(len(view))
        self._left -= len(chunk)
        if self._left < 0:
            raise FileRefused(
                say(
                    "The file is larger than %(limit)s MB: no list of LEAs is.", limit=LARGEST >> 20
                )
            )
        view[: len(chunk)] = chunk
        return len(chunk)
