"""Grants: written down by coordinators, changed with care for who changed them meanwhile."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from cohorts.reports.domain.scope import ReportRefused
from cohorts.reports.models import GRANT_TAKEN, Grant, GrantInstitute, PublishedReport
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound
from consortium.words import dollars, say


@dataclass(frozen=True, kw_only=True)
class GrantFacts:
    """What is written down of a grant; amounts in cents."""

    funder: str
    number: str
    title: str
    first_day: date
    last_day: date
    amount_cents: int
    cash_match_cents: int = 0
    in_kind_cents: int = 0
    institute_ids: frozenset[UUID] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a grant that ends before it begins."""
        if self.last_day < self.first_day:
            raise ReportRefused(say("The last day lies before the first day."), field="last_day")


FIELDS = (
    "funder", "number", "title", "first_day", "last_day", "amount_cents", "cash_match_cents",
    "in_kind_cents",
)  # fmt: skip


def grants() -> Sequence[Grant]:
    """Return all grants, the latest first."""
    statement = (
        select(Grant)
        .options(selectinload(Grant.pays_for))
        .order_by(Grant.first_day.desc(), Grant.funder, Grant.number)
    )
    return db.session.scalars(statement).all()


def get_grant(grant_id: UUID) -> Grant:
    """Return a grant. Raises ``NotFound``."""
    statement = select(Grant).where(Grant.id == grant_id).options(selectinload(Grant.pays_for))
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound(say("There is no such grant."))
    return found


def add_grant(facts: GrantFacts, *, by: str) -> Grant:
    """Write down a grant. Raises ``ReportRefused`` where the funder's number is there already."""
    grant = Grant(made_at=clock.now(), made_by=by, **_values(facts))
    grant.pays_for = [GrantInstitute(institute_id=one) for one in sorted(facts.institute_ids)]
    db.session.add(grant)
    with translating(GRANT_TAKEN, into=_taken(facts)):
        db.session.flush()
    audit.record("add_grant", f"grant:{grant.id}", by=by, after=_said(facts))
    return grant


def change_grant(grant_id: UUID, facts: GrantFacts, *, version: int, by: str) -> Grant:
    """Change a grant. Reports that were published keep what they say.

    Raises ``NotFound``, ``Conflict`` where someone changed it since ``version``, and
    ``ReportRefused``.
    """
    db.session.scalar(select(Grant.id).where(Grant.id == grant_id).with_for_update())
    grant = get_grant(grant_id)
    if grant.version != version:
        raise Conflict(
            say("Someone changed this grant meanwhile. Look at both, then send yours again."),
            versions=_differences(grant, facts),
        )
    before = {name: _plain(getattr(grant, name)) for name in FIELDS}
    for name, value in _values(facts).items():
        setattr(grant, name, value)
    standing = {one.institute_id: one for one in grant.pays_for}
    for institute_id, row in standing.items():
        if institute_id not in facts.institute_ids:
            grant.pays_for.remove(row)
    for institute_id in sorted(facts.institute_ids - set(standing)):
        grant.pays_for.append(GrantInstitute(institute_id=institute_id))
    grant.version += 1
    with translating(GRANT_TAKEN, into=_taken(facts)):
        db.session.flush()
    audit.record("change_grant", f"grant:{grant.id}", by=by, before=before, after=_said(facts))
    return grant


def remove_grant(grant_id: UUID, *, by: str) -> None:
    """Take a grant off the list. Raises ``NotFound``, and ``ReportRefused`` once it was reported.

    A published report goes on naming it.
    """
    grant = get_grant(grant_id)
    if db.session.scalar(select(exists().where(PublishedReport.grant_id == grant_id))):
        raise ReportRefused(say("A published report names this grant, so it stays in the list."))
    db.session.delete(grant)
    audit.record("remove_grant", f"grant:{grant.id}", by=by, before={"number": grant.number})
    db.session.flush()


def _values(facts: GrantFacts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in FIELDS}


def _said(facts: GrantFacts) -> dict[str, object]:
    said: dict[str, object] = {name: _plain(value) for name, value in _values(facts).items()}
    return {**said, "institutes": _ids(facts.institute_ids)}


def _ids(ids: Collection[UUID]) -> list[str]:
    return sorted(str(one) for one in ids)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _differences(grant: Grant, facts: GrantFacts) -> tuple[tuple[str, str, str], ...]:
    labels = (
        say("Funder"), say("Grant number"), say("Title"), say("First day"), say("Last day"),
        say("Amount"), say("Match in cash"), say("Match in kind"),
    )  # fmt: skip
    found = []
    for name, label in zip(FIELDS, labels, strict=True):
        now, sent = getattr(grant, name), getattr(facts, name)
        if now != sent:
            money = name.endswith("cents")
            found.append(
                (label, dollars(now) if money else str(now), dollars(sent) if money else str(sent))
            )
    return tuple(found)


def _taken(facts: GrantFacts) -> ReportRefused:
    return ReportRefused(
        say(
            "%(funder)s has a grant with the number %(number)s already.",
            funder=facts.funder,
            number=facts.number,
        ),
        field="number",
    )
