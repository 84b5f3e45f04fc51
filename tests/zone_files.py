"""Zone files of our own making (TZif, RFC 9636): what clocks will do is in their last line."""

import struct
import zoneinfo
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from consortium.zones import use_shipped_zones


@contextmanager
def zones_of(folder: Path, rules: Mapping[str, str]) -> Iterator[None]:
    """Let zones follow these rules (POSIX TZ strings) inside the block, as Python reads them."""
    for zone, rule in rules.items():
        path = folder / zone
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(zone_file(rule))
    zoneinfo.reset_tzpath(to=[str(folder)])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        yield
    finally:
        use_shipped_zones()


def zone_file(rule: str) -> bytes:
    """Return a file that has no past and keeps one rule for ever."""
    head = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 4)
    kinds = struct.pack(">lbb", 0, 0, 0) + b"LMT\0"
    return head + kinds + head + kinds + b"\n" + rule.encode() + b"\n"
