"""What a consortium asks of each group: its own words where the hosts wrote some."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cohorts.plans.domain.checklist import Checklist, OwnDuty
from cohorts.plans.domain.duties import DUTIES
from cohorts.plans.models import ONE_CHECKLIST, ReadinessChecklist
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict
from consortium.words import say

NOT_ASKED = say("(not asked)")


def checklist_now() -> tuple[Checklist, int]:
    """Return what the consortium asks now, and its version."""
    row = db.session.scalar(select(ReadinessChecklist))
    if row is None:
        return Checklist(), 0
    return Checklist(own={code: _read(said) for code, said in row.own.items()}), row.version


def change_checklist(wanted: Mapping[str, OwnDuty], *, version: int, by: str) -> None:
    """Ask about the duties in these words from now on. Flushes.

    Where words became others, everyone is asked anew; what was answered before counts no more.
    Raises ``PlanRefused`` when a group would be asked nothing, ``Conflict`` with both versions.
    """
    row = db.session.scalar(
        select(ReadinessChecklist).with_for_update().execution_options(populate_existing=True)
    )
    before, stored = checklist_now()
    now = clock.now()
    after = before.changed(wanted, now)
    if stored != version:
        raise _changed_meanwhile(before, after)
    if row is None:
        row = ReadinessChecklist(version=0)
        db.session.add(row)
    row.own = {code: _written(own) for code, own in after.own.items()}
    row.changed_by, row.changed_at = by, now
    row.version += 1
    with translating(ONE_CHECKLIST, into=_changed_meanwhile(before, after)):
        db.session.flush()
    audit.record(
        "change_checklist",
        "tenant",
        by=by,
        before={code: _written(own) for code, own in before.own.items()},
        after=row.own,
    )


def _changed_meanwhile(now: Checklist, sent: Checklist) -> Conflict:
    stored, wanted = _texts(now), _texts(sent)
    return Conflict(
        say("Someone else changed these duties while you were writing. Nothing of yours is lost:"),
        versions=tuple(
            (duty.text, stored.get(duty.code, NOT_ASKED), wanted.get(duty.code, NOT_ASKED))
            for duty in DUTIES
            if stored.get(duty.code) != wanted.get(duty.code)
        ),
    )


def _texts(checklist: Checklist) -> Mapping[str, str]:
    return {duty.code: duty.text for duty in checklist.duties}


def _read(said: Mapping[str, Any]) -> OwnDuty:
    since = said["since"]
    return OwnDuty(
        text=said["text"],
        asked=said["asked"],
        since=datetime.fromisoformat(since) if since else None,
    )


def _written(own: OwnDuty) -> dict[str, Any]:
    return {
        "text": own.text,
        "asked": own.asked,
        "since": own.since.isoformat() if own.since else None,
    }
