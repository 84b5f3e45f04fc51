"""The bodies of a partnership: begun, changed, ended."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from cohorts.learning.models import Partnership
from cohorts.structures.domain.drafts import (
    BodyDraft,
    MemberDraft,
    StructureRefused,
    check_body,
    check_end,
)
from cohorts.structures.domain.kinds import CADENCE_WORDS
from cohorts.structures.models import Body, BodyMeeting, BodyMember
from cohorts.structures.service.reading import Opened
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import Conflict, NotFound
from consortium.words import Sentence, say


def bodies_of(partnership_id: UUID) -> Sequence[Body]:
    """Return the bodies of a partnership with their members: those there are now, then others."""
    return bodies_of_many([partnership_id]).get(partnership_id, [])


def bodies_of_many(partnership_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Body]]:
    """Return the bodies of each partnership, in two queries for any number."""
    statement = (
        select(Body)
        .where(Body.partnership_id.in_(partnership_ids))
        .options(selectinload(Body.members))
        .order_by(Body.ends_on.is_not(None), Body.begins_on, Body.id)
    )
    found: dict[UUID, list[Body]] = {}
    for body in db.session.scalars(statement):
        found.setdefault(body.partnership_id, []).append(body)
    return found


def get_body(opened: Opened, body_id: UUID) -> Body:
    """Return one of the partnership's bodies. Raises ``NotFound``."""
    body = db.session.scalar(
        select(Body)
        .where(Body.id == body_id, Body.partnership_id == opened.partnership.id)
        .options(selectinload(Body.members))
    )
    if body is None:
        raise NotFound(say("This partnership has no such body."))
    return body


def begin_body(opened: Opened, draft: BodyDraft) -> Body:
    """Write down a standing meeting or committee that a partnership keeps.

    Raises ``StructureRefused`` for one that makes no sense, or that it keeps already.
    """
    check_body(draft, today=opened.today)
    hold(Partnership.id, opened.partnership.id)
    wanted = (draft.kind, draft.name.casefold(), draft.school.casefold())
    for body in bodies_of(opened.partnership.id):
        same = (body.kind, body.name.casefold(), body.school.casefold())
        if body.ends_on is None and same == wanted:
            raise StructureRefused(
                say("“%(title)s” is written down already.", title=body.title), field="kind"
            )
    body = Body(
        partnership_id=opened.partnership.id,
        begins_on=draft.begins_on,
        made_by=opened.reader.email,
        made_at=clock.now(),
    )
    _write(body, draft)
    db.session.add(body)
    db.session.flush()
    audit.record("begin_body", _subject(body), by=opened.reader.email, after=_facts(body))
    return body


def change_body(opened: Opened, body_id: UUID, draft: BodyDraft, *, version: int) -> Body:
    """Change a body and who sits in it.

    Raises ``NotFound``, ``StructureRefused``, or ``Conflict`` with both versions when the other
    side changed it meanwhile.
    """
    check_body(draft, today=opened.today)
    body = _held(opened, body_id)
    if body.version != version:
        raise _changed_meanwhile(body, draft)
    if body.ends_on is not None and body.ends_on < draft.begins_on:
        raise StructureRefused(
            say("It ended on %(day)s already.", day=body.ends_on.isoformat()), field="begins_on"
        )
    before = _facts(body)
    _write(body, draft)
    body.begins_on = draft.begins_on
    body.version += 1
    db.session.flush()
    audit.record(
        "change_body", _subject(body), by=opened.reader.email, before=before, after=_facts(body)
    )
    return body


def end_body(opened: Opened, body_id: UUID, on: date) -> Body:
    """Write down a body's last day; its log stays. Raises ``NotFound``, ``StructureRefused``."""
    body = _held(opened, body_id)
    last = select(func.max(BodyMeeting.on)).where(BodyMeeting.body_id == body.id)
    check_end(on, begins_on=body.begins_on, last_met=db.session.scalar(last))
    before = body.ends_on
    body.ends_on, body.next_on = on, None
    body.version += 1
    db.session.flush()
    audit.record(
        "end_body",
        _subject(body),
        by=opened.reader.email,
        before={"ends_on": before.isoformat() if before else None},
        after={"ends_on": on.isoformat()},
    )
    return body


def resume_body(opened: Opened, body_id: UUID) -> Body:
    """Let a body that had ended go on. Raises ``NotFound``."""
    body = _held(opened, body_id)
    if body.ends_on is not None:
        before, body.ends_on = body.ends_on, None
        body.version += 1
        db.session.flush()
        audit.record(
            "resume_body",
            _subject(body),
            by=opened.reader.email,
            before={"ends_on": before.isoformat()},
        )
    return body


def _held(opened: Opened, body_id: UUID) -> Body:
    hold(Body.id, body_id)
    body = get_body(opened, body_id)
    db.session.refresh(body)
    return body


def _write(body: Body, draft: BodyDraft) -> None:
    body.kind, body.name, body.school = draft.kind, draft.name, draft.school
    body.cadence, body.summer_off = draft.cadence, draft.summer_off
    body.next_on = draft.next_on
    body.members = [
        BodyMember(
            side=one.side,
            office=one.office,
            name=one.name,
            person_id=one.person_id,
            position=position,
        )
        for position, one in enumerate(draft.members)
    ]


def draft_of(body: Body) -> BodyDraft:
    """Return a body as it stands, as somebody might have written it down."""
    return BodyDraft(
        kind=body.kind,
        name=body.name,
        school=body.school,
        cadence=body.cadence,
        summer_off=body.summer_off,
        begins_on=body.begins_on,
        next_on=body.next_on,
        members=[
            MemberDraft(side=one.side, office=one.office, name=one.name, person_id=one.person_id)
            for one in body.members
        ],
    )


def _changed_meanwhile(body: Body, draft: BodyDraft) -> Conflict:
    both = zip(_said(draft_of(body)), _said(draft), strict=True)
    return Conflict(
        say("Someone else changed this while you were writing. Nothing of yours is lost:"),
        versions=tuple((label, now, sent) for (label, now), (_, sent) in both if now != sent),
    )


def _said(draft: BodyDraft) -> list[tuple[Sentence, str]]:
    return [
        (say("What you call it"), draft.name),
        (say("School"), draft.school),
        (say("How often it means to meet"), CADENCE_WORDS[draft.cadence]),
        (say("It rests in July and August"), say("yes") if draft.summer_off else say("no")),
        (say("Since"), draft.begins_on.isoformat()),
        (say("Next date"), draft.next_on.isoformat() if draft.next_on else ""),
        (
            say("Who sits in it"),
            ", ".join(" ".join(filter(None, (one.office, one.name))) for one in draft.members),
        ),
    ]


def _facts(body: Body) -> dict[str, object]:
    return {
        "kind": body.kind.value,
        "cadence": body.cadence.value,
        "summer_off": body.summer_off,
        "begins_on": body.begins_on.isoformat(),
        "next_on": body.next_on.isoformat() if body.next_on else None,
        "members": len(body.members),
    }


def _subject(body: Body) -> str:
    return f"body:{body.id}"
