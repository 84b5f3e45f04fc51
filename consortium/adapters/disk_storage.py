"""Files that people hand in, in a folder of this machine or one that all machines share."""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from consortium.ports import GatewayDown

KEY = re.compile(r"[0-9a-f]{32}/[0-9a-f]{32,64}(\.[0-9a-f]{8}\.part)?")


class DiskStorage:
    """Keeps each file under its key; the folder is made on first use, closed to other accounts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, content: bytes) -> None:
        """Write beside the place and move it there, so that nobody ever reads half a file."""
        path = self._path(key)
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except OSError as error:
            raise GatewayDown(f"the folder for files cannot be written: {error}") from error

    def get(self, key: str) -> bytes | None:
        """Return the bytes, or ``None`` where there are none."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise GatewayDown(f"the folder for files cannot be read: {error}") from error

    def delete(self, key: str) -> None:
        """Forget the bytes."""
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError as error:
            raise GatewayDown(f"the folder for files cannot be written: {error}") from error

    def keys(self, tenant: str, *, before: datetime) -> Iterator[str]:
        """Give the keys of a tenant's older files, those too whose writing was cut off."""
        folder = self._folder / tenant
        if not folder.is_dir():
            return
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    written = datetime.fromtimestamp(entry.stat().st_mtime, tz=UTC)
                except FileNotFoundError:  # another worker was faster
                    continue
                key = f"{tenant}/{entry.name}"
                if written < before and KEY.fullmatch(key):
                    yield key

    def _path(self, key: str) -> Path:
        """Return where a key's bytes lie. Raises ``ValueError`` for what is no key of ours."""
        if not KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key of a file")
        return self._folder / key
