"""Mark a partnership as being in dispute, and keep who of it agreed to be matched all the same."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.domain.disputes import Partnership, Standing
from cohorts.matching.models import MatchStanding
from cohorts.matching.service.standings import standing_in
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, insert_into
from consortium.directory.models import Lea
from consortium.errors import NotFound, Refusal
from consortium.tenancy import require_tenant
from consortium.words import say
from events.facade import teams


@dataclass(frozen=True, kw_only=True)
class StandingLine:
    """A partnership of which something is said, as those who run the matching read it."""

    title: str
    standing: Standing
    reason: str


def standing_lines() -> Sequence[StandingLine]:
    """Return every partnership of the consortium of which something is said, disputes first."""
    rows = db.session.execute(
        select(MatchStanding, Lea.name).join(Lea, MatchStanding.lea_id == Lea.id)
    ).all()
    lines = [
        StandingLine(
            title=f"{name}, {row.site}" if row.site else name,
            standing=standing_in(row),
            reason=row.reason,
        )
        for row, name in rows
    ]
    return sorted(lines, key=lambda line: (not line.standing.in_dispute, line.title))


def partnerships_at(institute_id: UUID) -> Sequence[tuple[Partnership, str]]:
    """Return the partnerships whose teams come to an institute, with what rosters call them."""
    found = {
        Partnership(team.lea_id, team.site): team.name
        for team in teams.teams_at(institute_id)
        if team.lea_id is not None and team.registered
    }
    return sorted(found.items(), key=lambda one: (one[1], one[0]))


def change_standing(
    institute_id: UUID, whose: Partnership, wanted: Standing, *, reason: str, by: str
) -> None:
    """Keep whether a partnership is in dispute, and which of its sides agreed to be matched.

    From then on its people are suggested to nobody, can be asked by nobody, and are left out
    when a draft is published, unless both partnerships agreed by both sides. Who met already
    is not parted. Raises ``NotFound`` for a partnership that has no team there, and ``Refusal``
    without a reason, which only those who run the matching read.
    """
    if whose not in dict(partnerships_at(institute_id)):
        raise NotFound(say("This partnership has no team at this institute."))
    if wanted.in_dispute and not reason:
        raise Refusal(say("Say why, so that colleagues understand it later."), field="reason")
    row = held_standing(whose, by)
    before = standing_in(row)
    row.in_dispute, row.reason = wanted.in_dispute, reason
    keep_agreements(row, wanted, by)
    audit.record(
        "change_standing",
        f"match_standing:{row.id}",
        by=by,
        before=asdict(before),
        after={**asdict(wanted), "reason": reason},
    )


def held_standing(whose: Partnership, by: str) -> MatchStanding:
    """Return what is said of a partnership, held until the transaction ends; begins it once."""
    new = insert_into(MatchStanding).values(
        tenant_id=require_tenant(),
        lea_id=whose.lea_id,
        site=whose.site,
        changed_at=clock.now(),
        changed_by=by,
    )
    once = ["tenant_id", "lea_id", "site"]
    db.session.execute(new.on_conflict_do_nothing(index_elements=once))
    return db.session.scalars(
        select(MatchStanding)
        .where(MatchStanding.lea_id == whose.lea_id, MatchStanding.site == whose.site)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def keep_agreements(row: MatchStanding, wanted: Standing, by: str) -> None:
    """Write down which sides agreed, and who said so for each that changed. Flushes."""
    before, now = standing_in(row), clock.now()
    if before.labor_agreed != wanted.labor_agreed:
        row.labor_agreed_at = now if wanted.labor_agreed else None
        row.labor_agreed_by = by if wanted.labor_agreed else ""
    if before.management_agreed != wanted.management_agreed:
        row.management_agreed_at = now if wanted.management_agreed else None
        row.management_agreed_by = by if wanted.management_agreed else ""
    row.changed_at, row.changed_by = now, by
    db.session.flush()
