"""What a merge does to rows, written down step by step, so that it can be undone exactly.

A step changes columns of one row, removes a row or adds one, and keeps what stood before as JSON.
Undoing goes through the steps backwards. A column goes back where it still stands as the merge
left it; what people changed since on a row stays as they changed it, and rows made since stay
with whoever has them. A removed row comes back unless what it belonged to was deleted since.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Uuid, select
from sqlalchemy import Enum as EnumType

from consortium.database import Base, UtcMoment, db
from consortium.merging.models import MergeKind

Step = dict[str, Any]


class Moves:
    """One merge at work: features tell it what happens to their rows, and never change them so."""

    def __init__(self, kind: MergeKind, kept: Any, gone: Any, steps: Sequence[Step] = ()) -> None:
        """Begin; ``kept`` and ``gone`` are ids of persons or LEAs."""
        self.kind = kind
        self.kept = kept
        self.gone = gone
        self.steps: list[Step] = list(steps)

    def change(self, row: Base, **values: Any) -> None:
        """Set columns of a row; those that stand so already are no step."""
        before = {name: getattr(row, name) for name in values}
        changed = {name for name, value in values.items() if before[name] != value}
        if not changed:
            return
        for name in changed:
            setattr(row, name, values[name])
        self.steps.append(
            {
                **_address(row),
                "before": {name: written(before[name]) for name in sorted(changed)},
                "after": {name: written(values[name]) for name in sorted(changed)},
            }
        )

    def remove(self, row: Base) -> None:
        """Delete a row. Flushes."""
        columns = {name: written(getattr(row, name)) for name in _columns(type(row))}
        self.steps.append({**_address(row), "removed": columns})
        db.session.delete(row)
        db.session.flush()

    def add(self, row: Base) -> None:
        """Store a new row. Flushes."""
        db.session.add(row)
        db.session.flush()
        self.steps.append({**_address(row), "added": True})

    def undo(self) -> None:
        """Put everything back, the last step first. Flushes."""
        for step in reversed(self.steps):
            model = model_of(step["table"])
            key = _columns(model)["id"]
            row = db.session.scalar(select(model).where(key == read(key, step["id"])))
            if "removed" in step:
                values = _values(model, step["removed"])
                if row is None and _belongs_somewhere(model, values):
                    db.session.add(model(**values))
            elif "added" in step:
                if row is not None:
                    db.session.delete(row)
            elif row is not None:
                _set_back(row, step)
            db.session.flush()

    def ids(self, table: str, *, what: str = "before") -> list[UUID]:
        """Return the rows of a table that steps of a kind touched."""
        return [UUID(step["id"]) for step in self.steps if step["table"] == table and what in step]


def model_of(table: str) -> type[Base]:
    """Return the model of a table."""
    found = (m.class_ for m in Base.registry.mappers if str(m.local_table) == table)
    return next(found)


def written(value: Any) -> Any:
    """Return a column's value as JSON keeps it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def read(column: Column[Any], value: Any) -> Any:
    """Return what ``written`` wrote of this column's value."""
    kind = column.type
    if value is None:
        return None
    if isinstance(kind, EnumType) and kind.enum_class is not None:
        return kind.enum_class(value)
    if isinstance(kind, Uuid):
        return UUID(value)
    if isinstance(kind, UtcMoment):
        return datetime.fromisoformat(value)
    python = kind.python_type
    return python.fromisoformat(value) if issubclass(python, date) else value


def _belongs_somewhere(model: type[Base], values: Mapping[str, Any]) -> bool:
    """Tell whether everything a removed row names is still there; else it would be gone too."""
    named = model.__mapper__.get_property_by_column
    for rule in model.metadata.tables[str(model.__table__)].foreign_key_constraints:
        pairs = [(key.column, values[named(key.parent).key]) for key in rule.elements]
        if any(value is None for _, value in pairs):
            continue
        parent = model_of(str(rule.referred_table))
        keys = [
            getattr(parent, parent.__mapper__.get_property_by_column(column).key)
            for column, _ in pairs
        ]
        there = select(keys[0]).where(
            *(key == value for key, (_, value) in zip(keys, pairs, strict=True))
        )
        if db.session.scalar(there) is None:
            return False
    return True


def _set_back(row: Base, step: Step) -> None:
    before = _values(type(row), step["before"])
    for name, value in before.items():
        if written(getattr(row, name)) == step["after"][name]:
            setattr(row, name, value)


def _values(model: type[Base], kept: Mapping[str, Any]) -> dict[str, Any]:
    columns = _columns(model)
    return {name: read(columns[name], value) for name, value in kept.items() if name in columns}


def _columns(model: type[Base]) -> dict[str, Column[Any]]:
    return {str(name): column for name, column in model.__mapper__.columns.items()}


def _address(row: Base) -> Step:
    return {"table": str(row.__table__), "id": str(getattr(row, "id"))}  # noqa: B009
