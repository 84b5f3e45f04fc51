"""Whatever two records have: merged and parted, everything stored is as it was."""

from flask import Flask
from hypothesis import HealthCheck, given, settings
from sqlalchemy.engine import Connection

from consortium.database import db, transaction
from consortium.merging import service as merging
from consortium.merging.domain import MergeRefused
from consortium.tenancy import as_tenant
from tests.consortium.merging.generated import Record, make_twins, pairs, records
from tests.consortium.merging.worlds import stored
from tests.consortium.verify.breaking import everything
from tests.factories import make_lea, make_tenant

SOME = settings(
    max_examples=15,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@SOME
@given(one=records, other=records, paired=pairs)
def test_what_was_merged_and_parted_is_as_it_was(
    app: Flask, one: Record, other: Record, paired: str
) -> None:
    connection: Connection = db.engines[None]  # type: ignore[assignment]
    db.session.remove()
    example = connection.begin_nested()
    try:
        with as_tenant(make_tenant().id):
            leas = [make_lea(f"340000{n}", f"Town {n}") for n in range(2)]
            kept, gone = (person.id for person in make_twins(leas, one, other, paired))
            sound = everything()
            before = stored()
            try:
                with transaction():
                    done = merging.merge_people(kept, gone, by="test", may_choose_staff=False).id
            except MergeRefused:
                assert stored() == before
            else:
                assert everything() == sound
                with transaction():
                    merging.unmerge(done, by="test", may_choose_staff=False)
                assert stored() == before
            assert sound == {}
    finally:
        db.session.remove()
        example.rollback()
