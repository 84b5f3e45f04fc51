"""What stood before a merge is kept as long as it can be undone, and no longer."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.merging.domain import MergeRefused
from consortium.merging.jobs import forget_old_merges
from consortium.merging.models import Merge
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from tests.consortium.merging.acting import merge, part
from tests.factories import make_person, make_tenant, soon


def kept() -> list[tuple[str, bool]]:
    """Return who was merged, and whether it is known what stood before."""
    db.session.expire_all()
    merges = db.session.scalars(select(Merge).order_by(Merge.merged_at))
    return [(one.gone_id, one.moved != {}) for one in merges]


def test_what_stood_before_is_forgotten_after_thirty_days(
    app: Flask, pat: Person, twin: Person, frozen: Any
) -> None:
    first = merge(pat, twin)
    with as_tenant(make_tenant("hillside").id):
        merge(make_person("a@x.org"), make_person("b@x.org"))
    frozen(soon(1))
    third = make_person("pat@home.org", "Pat Lee")
    merge(pat, third)

    frozen(soon(30))
    assert forget_old_merges(app) == 0
    frozen(soon(30) + timedelta(seconds=1))
    assert [forget_old_merges(app), forget_old_merges(app)] == [2, 0]

    assert kept() == [(str(twin.id), False), (str(third.id), True)]
    with pytest.raises(MergeRefused, match="more than 30 days old"):
        part(first)


def test_what_stood_before_is_forgotten_once_it_stands_again(pat: Person, twin: Person) -> None:
    part(merge(pat, twin))

    assert kept() == [(str(twin.id), False)]
