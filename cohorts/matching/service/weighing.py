"""What a match counts in the consortium, and who changes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cohorts.matching.domain.first_weights import first_weights
from cohorts.matching.domain.weights import faults_of
from cohorts.matching.models import ONE_SET_OF_WEIGHTS, MatchWeights
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, Refusal
from consortium.tenancy import require_tenant
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class OwnWeights:
    """The consortium's weights as they stand."""

    said: Mapping[str, Any]
    version: int
    """0 while nobody has changed what a consortium begins with."""
    changed_at: datetime | None = None
    changed_by: str = ""


def own_weights() -> OwnWeights:
    """Return what a match counts in this consortium."""
    row = db.session.scalar(select(MatchWeights))
    if row is None:
        return OwnWeights(said=first_weights(), version=0)
    return OwnWeights(
        said=row.said, version=row.version, changed_at=row.changed_at, changed_by=row.changed_by
    )


def change_weights(said: Mapping[str, Any], *, version: int, by: str) -> None:
    """Let matches count this from the next search on; drafts and published runs stay.

    Raises ``Refusal`` with everything that is wrong with the weights, and ``Conflict`` when
    they are not those of ``version`` any more.
    """
    faults = [f"{name}: {sentence}" for name, sentence in faults_of(said)]
    if faults:
        raise Refusal(" ".join(faults))
    row = db.session.scalar(select(MatchWeights).with_for_update())
    before = own_weights()
    if before.version != version:
        raise _changed_meanwhile(before.said, said)
    if row is None:
        row = MatchWeights(version=0)
        db.session.add(row)
    row.said, row.version = dict(said), version + 1
    row.changed_at, row.changed_by = clock.now(), by
    with translating(ONE_SET_OF_WEIGHTS, into=_changed_meanwhile(before.said, said)):
        db.session.flush()
    audit.record(
        "change_weights",
        f"tenant:{require_tenant()}",
        by=by,
        before=_other(before.said, said),
        after=_other(said, before.said),
    )


def _changed_meanwhile(stored: Mapping[str, Any], sent: Mapping[str, Any]) -> Conflict:
    return Conflict(
        say("Someone else changed the weights since you opened this page."),
        versions=tuple(
            (name, str(stored.get(name)), str(sent[name]))
            for name in sent
            if stored.get(name) != sent[name]
        ),
    )


def _other(said: Mapping[str, Any], beside: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if beside.get(name) != value}
