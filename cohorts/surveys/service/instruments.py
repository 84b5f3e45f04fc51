"""Instruments: written, changed while nobody was asked, and in versions from then on."""

import re
import unicodedata
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from cohorts.surveys.domain.instruments import Instrument, faults_of
from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.models import CODE_TAKEN, SurveyInstrument
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound
from consortium.words import say


def every_instrument() -> Sequence[SurveyInstrument]:
    """Return all versions of all instruments, by code, the newest version first."""
    statement = select(SurveyInstrument).order_by(
        SurveyInstrument.code, SurveyInstrument.number.desc()
    )
    return db.session.scalars(statement).all()


def newest_instruments() -> Sequence[SurveyInstrument]:
    """Return the newest version of each instrument, by title."""
    newest: dict[str, SurveyInstrument] = {}
    for row in every_instrument():
        newest.setdefault(row.code, row)
    return sorted(newest.values(), key=lambda row: (row.title.casefold(), row.code))


def get_instrument(instrument_id: UUID) -> SurveyInstrument:
    """Return one version of an instrument. Raises ``NotFound``."""
    statement = select(SurveyInstrument).where(SurveyInstrument.id == instrument_id)
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound(say("There is no such instrument."))
    return found


def check(content: Instrument) -> None:
    """Raise ``SurveyRefused`` for the first thing that is wrong with an instrument."""
    for _, sentence in faults_of(content):
        raise SurveyRefused(sentence)


def write_instrument(content: Instrument, *, by: str) -> SurveyInstrument:
    """Store a new instrument in its first version. Raises ``SurveyRefused``. Flushes."""
    check(content)
    row = SurveyInstrument(
        code=_free_code(content.title), content=_stored(content), made_at=clock.now()
    )
    db.session.add(row)
    with translating(CODE_TAKEN, into=_at_once()):
        db.session.flush()
    audit.record("write_instrument", f"survey_instrument:{row.id}", by=by, after=_told(row))
    return row


def change_instrument(
    row: SurveyInstrument, content: Instrument, *, version: int, by: str
) -> SurveyInstrument:
    """Change an instrument, and return the version that now says so. Flushes.

    One that a wave has taken stays as it is, and the change becomes the next version: answers
    belong to the words people read. Raises ``Conflict`` when someone changed it since ``version``.
    """
    check(content)
    held = db.session.scalars(
        select(SurveyInstrument).where(SurveyInstrument.id == row.id).with_for_update()
    ).one()
    if held.version != version:
        raise Conflict(
            say("Someone else changed this instrument while you were writing."),
            versions=_apart(held.asked, content),
        )
    if held.fixed_at is not None:
        return _next_version(held, content, by=by)
    before = held.content
    held.content = _stored(content)
    held.version += 1
    db.session.flush()
    audit.record(
        "change_instrument",
        f"survey_instrument:{held.id}",
        by=by,
        before={"content": before},
        after={"content": held.content},
    )
    return held


def drop_instrument(row: SurveyInstrument, *, by: str) -> None:
    """Delete a version that no wave has taken. Raises ``SurveyRefused`` for one in use."""
    if row.fixed_at is not None:
        raise SurveyRefused(say("A survey has used these words, so they stay."))
    audit.record("drop_instrument", f"survey_instrument:{row.id}", by=by, before=_told(row))
    db.session.delete(row)
    db.session.flush()


def fix(instrument_id: UUID) -> SurveyInstrument:
    """Let an instrument stay as it is from now on: a wave takes it. Flushes."""
    row = db.session.scalar(
        select(SurveyInstrument).where(SurveyInstrument.id == instrument_id).with_for_update()
    )
    if row is None:
        raise NotFound(say("There is no such instrument."))
    if row.fixed_at is None:
        row.fixed_at = clock.now()
        row.version += 1
        db.session.flush()
    return row


def _next_version(held: SurveyInstrument, content: Instrument, *, by: str) -> SurveyInstrument:
    newest = db.session.scalars(
        select(func.max(SurveyInstrument.number)).where(SurveyInstrument.code == held.code)
    ).one()
    row = SurveyInstrument(
        code=held.code, number=newest + 1, content=_stored(content), made_at=clock.now()
    )
    db.session.add(row)
    with translating(CODE_TAKEN, into=_at_once()):
        db.session.flush()
    audit.record("write_next_version", f"survey_instrument:{row.id}", by=by, after=_told(row))
    return row


def _stored(content: Instrument) -> dict[str, object]:
    return content.model_dump(mode="json")


def _told(row: SurveyInstrument) -> dict[str, object]:
    return {"code": row.code, "number": row.number, "title": row.title}


def _apart(stored: Instrument, sent: Instrument) -> tuple[tuple[str, str, str], ...]:
    """Return what differs, as it stands now and as it was sent."""
    pairs = (
        (say("Title"), stored.title, sent.title),
        (say("Introduction"), stored.introduction, sent.introduction),
        (say("Statements"), _lines(stored), _lines(sent)),
        (say("Topics"), _topics(stored), _topics(sent)),
        (
            say("Open questions"),
            "\n".join(one.words for one in stored.questions),
            "\n".join(one.words for one in sent.questions),
        ),
    )
    return tuple((label, now, typed) for label, now, typed in pairs if now != typed)


def _lines(content: Instrument) -> str:
    return "\n".join(
        f"{scale.title}: {one.words}" for scale in content.scales for one in scale.statements
    )


def _topics(content: Instrument) -> str:
    return "\n".join(one.words for one in content.network.topics) if content.network else ""


def _at_once() -> SurveyRefused:
    return SurveyRefused(say("Someone wrote one under this name at the same moment. Send again."))


def _free_code(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    begins = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "survey"
    taken = set(db.session.scalars(select(SurveyInstrument.code).distinct()))
    code, n = begins, 2
    while code in taken:
        code, n = f"{begins}-{n}", n + 1
    return code
