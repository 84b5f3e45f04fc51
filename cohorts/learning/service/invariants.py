"""What must be true of partnerships and of a cohort's year."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from cohorts.learning.models import CohortStaff, Continuing, HomeworkDone, MakeUp, Partnership
from consortium.database import db
from consortium.verify.domain import Check
from events.facade import teams as facade


def without_partnership() -> Iterator[str]:
    """Find registered teams whose LEA (or school) has no partnership."""
    rows = db.session.execute(select(Partnership.tenant_id, Partnership.lea_id, Partnership.site))
    known = {tuple(row) for row in rows}
    for tenant_id, team_id, lea_id, site in facade.registered_places():
        if (tenant_id, lea_id, site) not in known:
            yield f"team:{team_id} is registered, and its LEA has no partnership."


def of_another_cohort() -> Iterator[str]:
    """Find homework, make-ups and coaches that mix a team with another institute."""
    homework = db.session.execute(
        select(HomeworkDone.id, HomeworkDone.team_id, HomeworkDone.session_id)
    ).all()
    made_up = db.session.execute(select(MakeUp.id, MakeUp.team_id, MakeUp.session_id)).all()
    coached = db.session.execute(
        select(CohortStaff.id, CohortStaff.team_id, CohortStaff.institute_id).where(
            CohortStaff.team_id.is_not(None)
        )
    ).all()
    where = facade.institutes_of(
        {row.team_id for row in (*homework, *made_up, *coached)},
        {row.session_id for row in (*homework, *made_up)},
    )
    for table, rows in (("homework_done", homework), ("make_up", made_up)):
        for row in rows:
            if where[row.team_id] != where[row.session_id]:
                yield f"{table}:{row.id} is about a meeting of another cohort than its team's."
    for assigned_id, team_id, institute_id in coached:
        if team_id is not None and where[team_id] != institute_id:
            yield f"cohort_staff:{assigned_id} coaches a team of another cohort."


def carried_elsewhere() -> Iterator[str]:
    """Find teams that went on to another cohort than both sides agreed to."""
    rows = db.session.execute(
        select(Continuing.id, Continuing.carried_id, Continuing.institute_id).where(
            Continuing.carried_id.is_not(None)
        )
    ).all()
    where = facade.institutes_of({row.carried_id for row in rows}, ())
    for row in rows:
        if where.get(row.carried_id) != row.institute_id:
            yield f"continuing:{row.id} led to a team that is not at its cohort."


CHECKS: Sequence[Check] = (
    Check(
        code="I70-partnership",
        words="Every registered team of an LEA belongs to a partnership.",
        find=without_partnership,
    ),
    Check(
        code="I71-year",
        words="Homework, make-ups and coaches belong to the team's own cohort.",
        find=of_another_cohort,
    ),
    Check(
        code="I72-continuing",
        words="A team goes on in the cohort to which both sides agreed.",
        find=carried_elsewhere,
    ),
)
