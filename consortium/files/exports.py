"""A stored file as an answer: to be saved, never to be shown by the browser."""

import io

from flask import Response, send_file

from consortium.files.models import StoredFile

ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


def file_answer(file: StoredFile, content: bytes) -> Response:
    """Return the file as an attachment that can do nothing in our name."""
    answer = send_file(
        io.BytesIO(content),
        mimetype=file.content_type,
        as_attachment=True,
        download_name=file.filename,
    )
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer
