"""How an institute introduces people: at once, or when both have accepted."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.domain.rounds import asks_both
from cohorts.matching.models import MatchTerms
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, insert_into
from consortium.tenancy import require_tenant
from events import facade
from events.facade import InstituteView


@dataclass(frozen=True, kw_only=True)
class OwnTerms:
    """What holds at an institute, and whether the hosts said so themselves."""

    two_sided: bool
    said: bool


def terms_of(institute: InstituteView) -> OwnTerms:
    """Return how the institute introduces people."""
    row = _row(institute.id)
    said = row.two_sided if row else None
    cohort = institute.kind in facade.COHORT_KINDS
    return OwnTerms(two_sided=asks_both(said, cohort=cohort), said=row is not None)


def change_terms(institute: InstituteView, by: str, *, two_sided: bool) -> None:
    """Keep whether both accept a match first, for whatever is published from now on.

    What is published stays as it is: nobody who sees a contact loses it, and nobody's contact
    is shown who was told that both are asked.
    """
    before = terms_of(institute)
    now = clock.now()
    row = insert_into(MatchTerms).values(
        tenant_id=require_tenant(),
        institute_id=institute.id,
        two_sided=two_sided,
        changed_at=now,
        changed_by=by,
    )
    wanted = {"two_sided": two_sided, "changed_at": now, "changed_by": by}
    db.session.execute(
        row.on_conflict_do_update(index_elements=[MatchTerms.institute_id], set_=wanted)
    )
    db.session.expire_all()
    audit.record(
        "change_match_terms",
        f"institute:{institute.id}",
        by=by,
        before={"two_sided": before.two_sided},
        after={"two_sided": two_sided},
    )


def _row(institute_id: UUID) -> MatchTerms | None:
    return db.session.scalar(select(MatchTerms).where(MatchTerms.institute_id == institute_id))
