"""Where rows refer to a person or an LEA: found from the tables themselves."""

from collections.abc import Iterator

from sqlalchemy import select

from consortium.database import Base, db
from consortium.directory.models import Lea
from consortium.files.models import StoredFile
from consortium.merging.models import MergeKind
from consortium.merging.service.moves import Moves, model_of
from consortium.people.models import Person
from consortium.tenancy import TenantOwned

WITHOUT_KEY: dict[MergeKind, dict[str, tuple[str, ...]]] = {
    MergeKind.PERSON: {StoredFile.__tablename__: ("uploaded_by",)},
    MergeKind.LEA: {},
}
"""Columns that hold such an id although no foreign key says so."""
REFERRED = {MergeKind.PERSON: Person.__table__, MergeKind.LEA: Lea.__table__}


def references(kind: MergeKind) -> Iterator[tuple[type[Base], str]]:
    """Return every column of a consortium's own rows that names a person, or an LEA."""
    owned = (m for m in Base.registry.mappers if issubclass(m.class_, TenantOwned))
    for mapper in sorted(owned, key=lambda mapper: str(mapper.local_table)):
        names = {
            key.parent.name
            for column in mapper.local_table.columns
            for key in column.foreign_keys
            if key.column.table is REFERRED[kind] and key.column.name == "id"
        }
        names.update(WITHOUT_KEY[kind].get(str(mapper.local_table), ()))
        for name in sorted(names):
            yield mapper.class_, mapper.get_property_by_column(mapper.local_table.c[name]).key


def hold_both(moves: Moves) -> None:
    """Hold both records, in one order: whoever names or merges one of them meanwhile waits.

    Rows that only refer to an LEA need not wait, since all consortia share the list.
    """
    model = Person if moves.kind is MergeKind.PERSON else Lea
    both = select(model.id).where(model.id.in_([moves.kept, moves.gone])).order_by(model.id)
    db.session.execute(both.with_for_update(key_share=model is Lea))


def move_everything(moves: Moves) -> None:
    """Let every row that names the gone one name the kept one. Flushes."""
    for model, name in references(moves.kind):
        rows = select(model).where(getattr(model, name) == moves.gone)
        for row in db.session.scalars(rows.order_by(model_of(str(model.__table__)).id)).unique():  # type: ignore[attr-defined]
            moves.change(row, **{name: moves.kept})
    db.session.flush()
