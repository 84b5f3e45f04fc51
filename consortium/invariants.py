"""Every check of the installation in one place, for ``verify``, its nightly job and tests."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Table, func, or_, select

import cohorts.invariants
import events.invariants
from consortium import clock, schema
from consortium.actions.models import ActionKey
from consortium.database import db
from consortium.merging.models import Merge, MergeKind
from consortium.merging.service.references import references
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import OUTCOMES
from consortium.people.models import Person
from consortium.tenancy import owned_tables
from consortium.verify.domain import Check

MAIL_ENDS_WITHIN = timedelta(hours=72)
MAIL_IS_TRIED_WITHIN = timedelta(minutes=15)


def checks() -> Sequence[Check]:
    """Return what must be true of everything stored, in the order in which it is told."""
    return (
        *events.invariants.checks(),
        *cohorts.invariants.checks(),
        Check(
            code="I13",
            words="Nothing refers to a person or an LEA that was merged into another.",
            find=gone_but_referred_to,
        ),
        Check(code="I14", words="What was done once has its answer.", find=acts_without_answer),
        Check(code="I26", words="Each promised mail is on its way or settled.", find=mails_between),
        Check(
            code="I27",
            words="No mail waits untried for 15 minutes, or unsettled for 72 hours.",
            find=late_mails,
        ),
        Check(
            code="I39",
            words="Each row belongs to what it names, in its own consortium.",
            find=rows_without_parent,
        ),
    )


def gone_but_referred_to() -> Iterator[str]:
    """Find rows that still name someone who was merged, and merges that do not add up."""
    gone_people = select(Person.id).where(Person.merged_into_id.is_not(None))
    gone_leas = (
        select(Merge.tenant_id, Merge.gone_id)
        .where(Merge.kind == MergeKind.LEA, Merge.unmerged_at.is_(None))
        .subquery()
    )
    for kind in MergeKind:
        for model, name in references(kind):
            table, column = model.__table__, getattr(model, name)
            rows = select(table.c.id, column)
            if kind is MergeKind.PERSON:
                if model is Person:
                    continue
                rows = rows.where(column.in_(gone_people))
            else:
                here = (gone_leas.c.gone_id == column) & (
                    gone_leas.c.tenant_id == table.c.tenant_id
                )
                rows = rows.join(gone_leas, here)
            for row_id, gone in db.session.execute(rows):
                yield f"{model.__tablename__}:{row_id} names {kind.value}:{gone}, which was merged."
    kept = select(Person.id, Person.merged_into_id).where(Person.merged_into_id.in_(gone_people))
    for person_id, into in db.session.execute(kept):
        yield f"person:{person_id} was merged into person:{into}, which was merged itself."


def acts_without_answer() -> Iterator[str]:
    """Find acts that a form sent again could not be answered for."""
    for key in db.session.scalars(
        select(ActionKey.key).where(or_(ActionKey.answer == "", ActionKey.body_digest == ""))
    ):
        yield f"The act {key.rpartition(':')[2]} has no answer."
    twice = select(ActionKey.key).group_by(ActionKey.key).having(func.count() > 1)
    for key in db.session.scalars(twice):
        yield f"The act {key.rpartition(':')[2]} was done twice."


def mails_between() -> Iterator[str]:
    """Find mails that are neither on their way nor settled, and ones promised twice."""
    settled = OutboxEmail.settled_at.is_not(None)
    known = OutboxEmail.outcome.in_(OUTCOMES)
    odd = select(OutboxEmail.id).where(
        or_(settled & ~known, ~settled & (OutboxEmail.outcome != ""))
    )
    for mail_id in db.session.scalars(odd):
        yield f"mail:{mail_id} is neither on its way nor settled."
    twice = (
        select(OutboxEmail.dedupe_key)
        .where(OutboxEmail.dedupe_key.is_not(None))
        .group_by(OutboxEmail.dedupe_key)
        .having(func.count() > 1)
    )
    for key in db.session.scalars(twice):
        yield f"The mail {key} was promised twice."


def late_mails() -> Iterator[str]:
    """Find mails that nobody tried to send in time, and ones that never end."""
    now = clock.now()
    waiting = OutboxEmail.settled_at.is_(None)
    untried = (
        waiting & (OutboxEmail.attempts == 0) & (OutboxEmail.due_at < now - MAIL_IS_TRIED_WITHIN)
    )
    endless = waiting & (OutboxEmail.due_at < now - MAIL_ENDS_WITHIN)
    for mail_id, due_at in db.session.execute(
        select(OutboxEmail.id, OutboxEmail.due_at).where(or_(untried, endless))
    ):
        yield f"mail:{mail_id} is due since {due_at.isoformat(timespec='minutes')} and not settled."


def rows_without_parent() -> Iterator[str]:
    """Find rows that name a row that is not there, or one of another consortium.

    Foreign keys hold most of this; where a column has none, nothing but this look does.
    """
    for name in owned_tables():
        table = schema.tables[name]
        for constraint in table.foreign_key_constraints:
            pairs = {key.parent.name: key.column.name for key in constraint.elements}
            own = next((column for column in reversed(pairs) if column != "tenant_id"), None)
            if own is not None:
                yield from _lost(table, own, constraint.referred_table, by=pairs)
    tables = schema.tables
    for child, own, parents in events.invariants.LOOSE_ENDS:
        yield from _lost(tables[child], own, *(tables[parent] for parent in parents))


def _lost(
    child: Table, own: str, *parents: Table, by: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Find rows of a table whose parent (in any of these tables) is missing or a stranger's.

    ``by`` pairs the columns that name a parent with the parent's; else it is the parent's id.
    """
    pairs = {"tenant_id": "tenant_id", own: "id"} | dict(by or {})
    statement = select(child.c.id, child.c[own]).where(child.c[own].is_not(None))
    for parent in parents:
        named = parent.alias()
        mine = [
            named.c[theirs] == child.c[ours] for ours, theirs in pairs.items() if theirs in parent.c
        ]
        statement = statement.where(~select(named.c.id).where(*mine).exists())
    for row_id, value in db.session.execute(statement):
        names = " or ".join(parent.name for parent in parents)
        yield f"{child.name}:{row_id} names {names}:{value}, which this consortium does not have."
