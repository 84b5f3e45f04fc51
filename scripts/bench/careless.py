"""The product without its guard: places are counted first and taken later, as if nobody else came.

The negative control of the rush. ``python -m scripts.bench.careless serve`` runs as ``consortium``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from time import sleep
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import func, select

from consortium.database import db, expect_writes
from events.institutes.models import TEAMS, Institute, Pool
from events.institutes.service import pools
from events.registration.models import Team, TeamStatus
from events.registration.service import submission
from events.registration.service.finding import Editor, lock_team

LOOKED_BEFORE = 0.05  # seconds between the look and the sale; where no guard is, this is enough
_seen = local()


def _look_then_lock(team_id: UUID, editor: Editor) -> Team:
    """Count who is registered, let go of the database, and only then begin to write."""
    db.session.rollback()
    expect_writes(expected=False)
    institute = select(Team.institute_id).where(Team.id == team_id).scalar_subquery()
    registered = select(func.count(Team.id)).where(
        Team.institute_id == institute, Team.status == TeamStatus.REGISTERED
    )
    places = select(Pool.capacity).where(Pool.institute_id == institute, Pool.code == TEAMS)
    _seen.full = (db.session.scalar(registered) or 0) >= (db.session.scalar(places) or 0)
    db.session.rollback()
    sleep(LOOKED_BEFORE)
    expect_writes()
    return lock_team(team_id, editor)


@contextmanager
def without_guard() -> Iterator[None]:
    """Let the block sell places carelessly."""

    def take(_institute_id: Institute, _code: str, _n: int) -> bool:
        return True

    def nobody(*_: Any) -> bool:
        return False

    with (
        patch.object(submission, "lock_team", _look_then_lock),
        patch.object(submission, "is_full", lambda _team: _seen.full),
        patch.object(submission, "others_come_first", nobody),
        patch.object(pools, "take", take),
    ):
        yield


def main() -> None:
    """Run the command line of the product, careless."""
    from consortium.cli import consortium

    with without_guard():
        consortium()


if __name__ == "__main__":
    main()
