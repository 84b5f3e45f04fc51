"""Whatever two records have: merged and parted, everything stored is as it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy.engine import Connection

from consortium.database import db, transaction
from consortium.invariants import checks
from consortium.merging import service as merging
from consortium.merging.domain import MergeRefused
from consortium.merging.models import Merge
from consortium.tenancy import as_tenant
from consortium.verify.service import examine
from tests.consortium.merging.generated import Record, make_twins, pairs, records
from tests.consortium.merging.generated_leas import Entry, entries, make_entries
from tests.consortium.merging.worlds import stored
from tests.factories import make_lea, make_tenant

SOME = settings(
    max_examples=10,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)


@SOME
@given(one=records, other=records, paired=pairs)
def test_what_people_had_is_as_it_was(app: Flask, one: Record, other: Record, paired: str) -> None:
    with a_world():
        leas = [make_lea(f"340000{n}", f"Town {n}") for n in range(2)]
        kept, gone = (person.id for person in make_twins(leas, one, other, paired))
        merge_and_part(lambda: merging.merge_people(kept, gone, by="test", may_choose_staff=False))


@SOME
@given(one=entries, other=entries)
def test_what_leas_had_is_as_it_was(app: Flask, one: Entry, other: Entry) -> None:
    with a_world():
        kept, gone = (lea.id for lea in make_entries(one, other))
        merge_and_part(lambda: merging.merge_leas(kept, gone, by="test"))


def merge_and_part(merge: Callable[[], Merge]) -> None:
    """Do it, and see that nothing breaks and nothing is lost; or that nothing happens."""
    before = stored()
    try:
        with transaction():
            done = merge().id
    except MergeRefused:
        assert stored() == before
    else:
        assert broken() == {}
        with transaction():
            merging.unmerge(done, by="test", may_choose_staff=False)
        assert stored() == before


def broken() -> dict[str, tuple[str, ...]]:
    """Return what must never be; without the look at foreign keys, which the database holds."""
    found = {check.code: examine(check).violations for check in checks() if check.code != "I39"}
    return {code: said for code, said in found.items() if said}


@contextmanager
def a_world() -> Iterator[None]:
    """Give each example a consortium of its own, and take it back."""
    connection: Connection = db.engines[None]  # type: ignore[assignment]
    db.session.remove()
    example = connection.begin_nested()
    try:
        with as_tenant(make_tenant().id):
            yield
    finally:
        db.session.remove()
        example.rollback()
