"""Files in memory, for tests: what the disk's adapter promises, without a disk."""

from collections.abc import Iterator
from datetime import datetime

from consortium import clock


class MemoryStorage:
    """Keeps bytes as long as the application lives."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, datetime]] = {}

    def put(self, key: str, content: bytes) -> None:
        self.files[key] = (content, clock.now())

    def get(self, key: str) -> bytes | None:
        found = self.files.get(key)
        return found[0] if found else None

    def delete(self, key: str) -> None:
        self.files.pop(key, None)

    def keys(self, tenant: str, *, before: datetime) -> Iterator[str]:
        lying = [(key, at) for key, (_, at) in self.files.items() if key.startswith(tenant)]
        yield from (key for key, at in lying if at < before)
