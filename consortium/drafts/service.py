"""Keep what someone types, give it back, forget it."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from consortium import clock
from consortium.actions import service as actions
from consortium.database import db, translating
from consortium.drafts.models import ONE_DRAFT, FormDraft
from consortium.errors import Refusal
from consortium.words import say

KEPT_FOR = timedelta(days=30)
LONGEST_NAME = 200
MOST_FIELDS = 200
MOST_CHARACTERS = 40_000
MOST_DRAFTS = 50
NEVER_KEPT = frozenset({"csrf_token", "action_key", "draft", "draft_page", "quietly"})


class DraftRefused(Refusal):
    """What was typed cannot be kept."""


class KeptMeanwhile(Exception):
    """Another request kept the same form a moment ago; this one need not."""


def keep(
    identity_id: UUID, form: str, sent: Iterable[tuple[str, str]], *, action: str = ""
) -> FormDraft | None:
    """Keep what someone has typed into a form, instead of what was kept of it before.

    ``action`` is the key of the form's act, joined with who acts: what arrives after the form
    was sent is not kept. Raises ``DraftRefused`` for more than a form can hold.
    """
    if action and actions.answer_of(action) is not None:
        return None
    fields = _fields(sent)
    if not form or len(form) > LONGEST_NAME or _unsafe(form):
        raise DraftRefused(say("This form cannot be kept."))
    draft = find(identity_id, form)
    if draft is not None:
        draft.fields, draft.saved_at = fields, clock.now()
        db.session.flush()
        return draft
    _make_room(identity_id)
    draft = FormDraft(identity_id=identity_id, form=form, fields=fields, saved_at=clock.now())
    try:
        with translating(ONE_DRAFT, into=KeptMeanwhile()), db.session.begin_nested():
            db.session.add(draft)
    except KeptMeanwhile:
        return find(identity_id, form)
    return draft


def find(identity_id: UUID, form: str) -> FormDraft | None:
    """Return what is kept of a form for this person, unless it is too old."""
    statement = select(FormDraft).where(
        FormDraft.identity_id == identity_id,
        FormDraft.form == form,
        FormDraft.saved_at > clock.now() - KEPT_FOR,
    )
    return db.session.scalar(statement)


def forget(identity_id: UUID, form: str) -> None:
    """Forget what is kept of a form: it was sent, or the person does not want it."""
    db.session.execute(
        delete(FormDraft).where(FormDraft.identity_id == identity_id, FormDraft.form == form)
    )


def forget_everyones(forms: Sequence[str]) -> None:
    """Forget these forms for everybody, since what they were about is over."""
    db.session.execute(delete(FormDraft).where(FormDraft.form.in_(forms)))


def forget_old() -> int:
    """Forget what nobody came back for; return how many forms that were."""
    old = delete(FormDraft).where(FormDraft.saved_at <= clock.now() - KEPT_FOR)
    return len(db.session.scalars(old.returning(FormDraft.id)).all())


def _fields(sent: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    pairs = [(name, value) for name, value in sent if name not in NEVER_KEPT]
    characters = sum(len(name) + len(value) for name, value in pairs)
    if len(pairs) > MOST_FIELDS or characters > MOST_CHARACTERS:
        raise DraftRefused(say("That is more than can be kept. Send the form instead."))
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        if not _unsafe(name):
            fields.setdefault(name, []).append("".join(c for c in value if not _unsafe(c)))
    return fields


def _unsafe(text: str) -> bool:
    """Tell whether the text has characters that a database cannot carry."""
    return any(c == "\x00" or unicodedata.category(c) == "Cs" for c in text)


def _make_room(identity_id: UUID) -> None:
    """Forget the oldest of very many, so that nobody fills the disk."""
    newest = (
        select(FormDraft.id)
        .where(FormDraft.identity_id == identity_id)
        .order_by(FormDraft.saved_at.desc(), FormDraft.id.desc())
        .offset(MOST_DRAFTS - 1)
    )
    crowded = db.session.scalars(newest).all()
    if crowded:
        db.session.execute(delete(FormDraft).where(FormDraft.id.in_(crowded)))
