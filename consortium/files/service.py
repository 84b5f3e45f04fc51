"""Files that people hand in: the bytes with the storage, a row that says what they are.

Bytes are put before the transaction that writes their row, and taken away after the one that
deletes it, so that a row always finds its bytes. Those without a row are swept up later: also
papers that are made of what rows say, and can be made again.
"""

import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from uuid import UUID

import structlog
from sqlalchemy import delete, select

from consortium import clock
from consortium.database import db
from consortium.errors import NotFound
from consortium.files.domain import CleanFile
from consortium.files.models import StoredFile
from consortium.ports import FileStorage, GatewayDown
from consortium.tenancy import require_tenant
from consortium.words import say

KEY_BYTES = 20
UNCLAIMED = timedelta(hours=1)
"""How long bytes wait for their row; a form that takes longer to send has failed."""

log = structlog.get_logger()
_one_at_a_time = Lock()
"""Those who ask together for what is not made yet wait for the first of them."""


@dataclass(frozen=True, kw_only=True)
class PutFile:
    """A file whose bytes lie with the storage and which no row names yet."""

    key: str
    filename: str
    content_type: str
    size: int
    sha256: str


def put(storage: FileStorage, file: CleanFile) -> PutFile:
    """Hand the bytes to the storage, outside any transaction. Raises ``GatewayDown``."""
    key = f"{require_tenant().hex}/{secrets.token_hex(KEY_BYTES)}"
    storage.put(key, file.content)
    return PutFile(
        key=key,
        filename=file.filename,
        content_type=file.content_type,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
    )


def keep(file: PutFile, *, person_id: UUID | None) -> StoredFile:
    """Write down whose file lies there; from now on it is not swept. Flushes."""
    stored = StoredFile(
        key=file.key,
        filename=file.filename,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        uploaded_by=person_id,
        uploaded_at=clock.now(),
    )
    db.session.add(stored)
    db.session.flush()
    return stored


def content_of(storage: FileStorage, file: StoredFile) -> bytes:
    """Return the bytes. Raises ``NotFound`` when they are gone, ``GatewayDown`` for now."""
    content = storage.get(file.key)
    if content is None:
        raise NotFound(say("This file is not there any more. Ask for it again."))
    return content


def made_of(storage: FileStorage, said: bytes, make: Callable[[], bytes]) -> bytes:
    """Return what ``make`` makes of ``said`` alone, made once for whoever asks within the hour.

    It lies in the tenant's folder under a key made of ``said``, where every process finds it, and
    is never out of date. No row names it, so that the sweep takes it away, and the next who asks
    has it made again. Where the storage is down it is made each time. For outside of any
    transaction: a long paper takes seconds.
    """
    key = f"{require_tenant().hex}/{hashlib.sha256(said).hexdigest()}"
    lying = _found(storage, key)
    if lying is not None:
        return lying
    with _one_at_a_time:
        lying = _found(storage, key)
        if lying is not None:
            return lying
        content = make()
        try:
            storage.put(key, content)
        except GatewayDown:
            log.warning("made but not kept", exc_info=True)
        return content


def forget(file_ids: Collection[UUID]) -> int:
    """Delete the rows; the bytes follow within the hour. Returns how many there were."""
    gone = delete(StoredFile).where(StoredFile.id.in_(file_ids))
    return len(db.session.scalars(gone.returning(StoredFile.id)).all()) if file_ids else 0


def sweep(storage: FileStorage) -> int:
    """Delete the bytes of the current tenant that no row names. Returns how many.

    Only what is older than an hour, so that nobody's upload is caught on its way.
    """
    tenant = require_tenant().hex
    lying = list(storage.keys(tenant, before=clock.now() - UNCLAIMED))
    if not lying:
        return 0
    named = set(db.session.scalars(select(StoredFile.key)))
    unclaimed = [key for key in lying if key not in named]
    for key in unclaimed:
        storage.delete(key)
    return len(unclaimed)


def _found(storage: FileStorage, key: str) -> bytes | None:
    try:
        return storage.get(key)
    except GatewayDown:
        return None
