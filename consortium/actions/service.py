"""Do once what a form asks, however often it arrives: double click, back button, retry."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import update

from consortium import clock
from consortium.actions.models import KEY_USED, ActionKey
from consortium.database import db, translating
from consortium.errors import Refusal
from consortium.words import say


class AlreadyDone(Exception):
    """The act was done before; ``answer`` is the path its first answer led to."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


class Repeated(Exception):
    """Another request with the same key won the race; look again for its answer."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class OtherBody(Refusal):
    """The key was used for something else."""


def once(key: str, body: Iterable[tuple[str, str]], *, answer: str, by: str) -> None:
    """Mark the act of this form as done, in the act's own transaction.

    Call it first inside ``transaction()``, with the path the answer will lead to; when that is
    not known yet, call ``answer_with`` later. Raises ``AlreadyDone`` when the same form was
    acted upon, ``OtherBody`` when the key comes with other content, ``Repeated`` when the same
    form is being acted upon at this moment.
    """
    full_key = f"{by}:{key}"
    digest = _digest(body)
    earlier = db.session.get(ActionKey, full_key)
    if earlier is not None:
        if earlier.body_digest != digest:
            raise OtherBody(
                say(
                    "You sent this form before, with other content, and that was done. To send "
                    "what stands here now, send it once more."
                )
            )
        raise AlreadyDone(earlier.answer)
    db.session.add(ActionKey(key=full_key, body_digest=digest, answer=answer, acted_at=clock.now()))
    with translating(KEY_USED, into=Repeated(full_key)):
        db.session.flush()


def answer_with(key: str, path: str, *, by: str) -> None:
    """Say where the answer of the act is, once that is known."""
    db.session.execute(update(ActionKey).where(ActionKey.key == f"{by}:{key}").values(answer=path))


def answer_of(full_key: str) -> str | None:
    """Return the path the act with this key led to, if it was done."""
    row = db.session.get(ActionKey, full_key)
    return None if row is None else row.answer


def _digest(body: Iterable[tuple[str, str]]) -> str:
    lines = sorted(f"{name}={value}" for name, value in body if name != "csrf_token")
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
