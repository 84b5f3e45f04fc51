"""What must be true of tables and of partner teams."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, or_, select

from cohorts.matching.models import GroupedTeam, Grouping, TeamGroup
from consortium.database import db
from consortium.verify.domain import Check


def seated_twice() -> Iterator[str]:
    """Find teams at two tables of one grouping, and places at another grouping's table."""
    twice = (
        select(GroupedTeam.grouping_id, GroupedTeam.team_id)
        .group_by(GroupedTeam.grouping_id, GroupedTeam.team_id)
        .having(func.count() > 1)
    )
    for row in db.session.execute(twice):
        yield f"team:{row.team_id} has two places in grouping:{row.grouping_id}."
    astray = (
        select(GroupedTeam.id)
        .join(TeamGroup, TeamGroup.id == GroupedTeam.group_id)
        .where(TeamGroup.grouping_id != GroupedTeam.grouping_id)
    )
    for place_id in db.session.scalars(astray):
        yield f"grouped_team:{place_id} is at a table of another grouping."


def mended_wrongly() -> Iterator[str]:
    """Find groupings whose place two took, or that are said to be mended by nobody."""
    later = Grouping.__table__.alias()
    mended = (
        select(func.count())
        .select_from(later)
        .where(later.c.mends_id == Grouping.id, later.c.published_at.is_not(None))
        .scalar_subquery()
    )
    odd = select(Grouping.id, mended).where(
        or_(mended > 1, (mended == 1) != Grouping.mended_at.is_not(None))
    )
    for grouping_id, n in db.session.execute(odd):
        yield f"grouping:{grouping_id} was mended {n} times; it says otherwise."


CHECKS: Sequence[Check] = (
    Check(
        code="I38-tables",
        words="A team has one place in each grouping.",
        find=seated_twice,
    ),
    Check(
        code="I38-mended",
        words="One grouping takes the place of another, and once.",
        find=mended_wrongly,
    ),
)
