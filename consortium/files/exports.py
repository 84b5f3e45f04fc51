"""Stored files as an answer: to be saved, never to be shown by the browser."""

import io
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from flask import Response, send_file

from consortium import clock
from consortium.bundles import Entry, bundled
from consortium.files.models import StoredFile
from consortium.ports import FileStorage, GatewayDown
from consortium.words import say

ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"
ZIP = "application/zip"
NOT_READ = say("These files could not be read. Download them one by one, or try again later.")


def file_answer(file: StoredFile, content: bytes) -> Response:
    """Return the file as an attachment that can do nothing in our name."""
    answer = send_file(
        io.BytesIO(content),
        mimetype=file.content_type,
        as_attachment=True,
        download_name=file.filename,
    )
    return _alone(answer)


def bundle_answer(
    storage: FileStorage,
    found: Sequence[tuple[tuple[str, ...], StoredFile]],
    *,
    filename: str,
    zone: ZoneInfo,
    notes: Sequence[tuple[str, str]] = (),
) -> Response:
    """Return files as one ZIP file, written while it is sent; ``notes`` are texts beside them.

    ``found`` gives each file with its folders and name. A storage that is down is noticed before
    anything is sent (``GatewayDown``); what cannot be read later is named in a text at the end.
    """
    # Plain values: rows are not there any more when the last file is sent.
    plain = [(way, file.key, file.uploaded_at.astimezone(zone)) for way, file in found]
    if plain:
        storage.get(plain[0][1])
    now = clock.now().astimezone(zone)
    lost: list[str] = []

    def entries() -> Iterator[Entry]:
        for name, text in notes:
            yield Entry(path=(name,), at=now, read=text.encode)
        for way, key, at in plain:
            content = _read(storage, key)
            if content is None:
                lost.append("/".join(way))
                continue
            yield Entry(path=way, at=at, read=lambda content=content: content)  # type: ignore[misc]
        if lost:
            text = "\r\n".join((NOT_READ, "", *lost, ""))
            yield Entry(path=("NOT INCLUDED.txt",), at=now, read=text.encode)

    answer = Response(bundled(entries()), mimetype=ZIP)
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    return _alone(answer)


def _read(storage: FileStorage, key: str) -> bytes | None:
    try:
        return storage.get(key)
    except GatewayDown:
        return None


def _alone(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer
