"""ZIP files of ours: many files handed out as one, written while they are sent."""

import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

LONGEST_PART = 80
"""Characters of a folder's or file's name; several of them stay below what Windows opens."""
NOT_IN_NAMES = frozenset('<>:"/\\|?*')
TAKEN_BY_WINDOWS = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
FIRST_YEAR = 1980
"""Before it, a ZIP file knows no time."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file of the bundle: its folders and name, and how its bytes are had."""

    path: tuple[str, ...]
    at: datetime
    """Wall time, as people see it in their folder."""
    read: Callable[[], bytes]


class _Outlet:
    """Where ``zipfile`` writes; what lies here is handed on and forgotten."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: what was written is taken at once."""

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken


def bundled(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Give the bytes of a ZIP file, one entry after the other, so that none but one is in memory.

    Files are stored as they are: documents and pictures are compressed already. Every name is one
    that any system can unpack, and no two are the same.
    """
    outlet = _Outlet()
    taken: set[str] = set()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        for entry in entries:
            name = _free_name(tuple(part_of_path(part) for part in entry.path), taken)
            year = max(FIRST_YEAR, entry.at.year)
            info = zipfile.ZipInfo(name, (year, *entry.at.timetuple()[1:6]))
            info.external_attr = 0o600 << 16
            archive.writestr(info, entry.read())
            yield outlet.take()
    yield outlet.take()


def part_of_path(name: str) -> str:
    """Return one folder's or file's name that any system takes: no path, no hidden letters."""
    letters = (
        " " if letter in NOT_IN_NAMES else letter
        for letter in unicodedata.normalize("NFC", name)
        if unicodedata.category(letter)[0] != "C" and letter not in "\u2028\u2029"
    )
    plain = " ".join("".join(letters).split()).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:  # noqa: PLR2004  (no ending of a file is so long)
        stem, ending = plain, ""
    stem = stem[:LONGEST_PART].strip(" .") or "file"
    if stem.partition(".")[0].casefold() in TAKEN_BY_WINDOWS:
        stem += "_"
    return f"{stem}.{ending}" if ending else stem


def _free_name(parts: tuple[str, ...], taken: set[str]) -> str:
    *folders, last = parts
    stem, dot, ending = last.rpartition(".")
    if not dot:
        stem, ending = last, ""
    name, n = "/".join([*folders, last]), 1
    while name.casefold() in taken:
        n += 1
        name = "/".join([*folders, f"{stem} ({n}){dot}{ending}"])
    taken.add(name.casefold())
    return name
