"""Work that is asked for by a row and done by a worker: due, taken, told how far, held to its end.

A worker takes a row for as long as it tells how far it is; one that falls silent has died, and
another takes the row once more.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from consortium import clock
from consortium.database import Moment, db
from consortium.errors import Refusal
from consortium.words import say

LEASE = timedelta(seconds=60)
MOST_TRIES = 2
"""Work whose worker died is done once more by another; then it has failed."""
WAITING, RUNNING, FAILED = "waiting", "running", "failed"
OPEN = (WAITING, RUNNING)
ONE_IS_OPEN = f"state IN ('{WAITING}', '{RUNNING}')"
"""Of which rows an index lets an institute have one."""


class ErrandColumns:
    """How far work is that a worker does. The state is an enumeration of the table's own."""

    if TYPE_CHECKING:
        __tablename__: str
        id: Mapped[UUID]
        tenant_id: Mapped[UUID]
        state: Mapped[Any]

    held_until: Mapped[Moment | None]
    """Until when the worker that took it is believed to live."""
    tries: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(default="")
    share: Mapped[int] = mapped_column(default=0)
    """Percent of the step that are done."""
    ended_at: Mapped[Moment | None]

    @property
    def given_up(self) -> bool:
        """Whether one worker after another died of it."""
        return self.tries > MOST_TRIES


Row = TypeVar("Row", bound=ErrandColumns)
Asked = TypeVar("Asked")


def waiting(table: type[Row]) -> Sequence[tuple[UUID, UUID]]:
    """Return tenant and id of each row to be done, in the order in which they were asked for.

    It was asked for, or left by a worker that died.
    """
    rows = select(table.tenant_id, table.id).where(_due(table)).order_by(table.id)
    return [(tenant_id, id_) for tenant_id, id_ in db.session.execute(rows).all()]


def take(
    table: type[Row],
    row_id: UUID,
    *,
    read: Callable[[Row], Asked],
    fail: Callable[[UUID, Sequence[str]], None],
) -> Asked | None:
    """Take a row, so that no other worker does, and ``read`` what it asks.

    Returns ``None`` where another worker was first, or where ``fail`` ended it for good: workers
    died of it, or ``read`` raised ``Refusal``, since there is nothing to do any more.
    """
    if not _claimed(table, row_id):
        return None
    row = db.session.get_one(table, row_id, populate_existing=True)
    if row.given_up:
        fail(row_id, [say("It stopped without an answer, twice. Try it again.")])
        return None
    try:
        return read(row)
    except Refusal as refusal:
        fail(row_id, [refusal.message])
        return None


def tell_progress(table: type[Row], row_id: UUID, step: str, share: float) -> bool:
    """Note how far it is, and that its worker lives; tell whether it is still wanted."""
    still = db.session.execute(
        update(table)
        .where(table.id == row_id, table.state == RUNNING)
        .values(step=step, share=round(100 * share), held_until=clock.now() + LEASE)
        .returning(table.id)
    ).scalar()
    return still is not None


def held(table: type[Row], row_id: UUID) -> Row | None:
    """Return a row that is being done, held until its end is written; ``None`` if it was ended."""
    return db.session.scalar(
        select(table)
        .where(table.id == row_id, table.state == RUNNING)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def stop(table: type[Row], row_id: UUID, **why: object) -> bool:
    """End a row that nobody wants any more; its worker stops within seconds.

    ``why`` are columns that say so. Returns whether it had not ended before.
    """
    ended = db.session.execute(
        update(table)
        .where(table.id == row_id, table.state.in_(OPEN))
        .values(state=FAILED, ended_at=clock.now(), **why)
        .returning(table.id)
    ).scalar()
    return ended is not None


def _claimed(table: type[ErrandColumns], row_id: UUID) -> bool:
    claimed = db.session.execute(
        update(table)
        .where(table.id == row_id, _due(table))
        .values(state=RUNNING, held_until=clock.now() + LEASE, tries=table.tries + 1, share=0)
        .returning(table.id)
    ).scalar()
    return claimed is not None


def _due(table: type[Row]) -> ColumnElement[bool]:
    return or_(table.state == WAITING, and_(table.state == RUNNING, table.held_until < clock.now()))
