"""Coordinators who propose, publish or keep teams apart at the same moment."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from cohorts.matching.models import Grouping, GroupingKind, TeamWish
from cohorts.matching.service import grouping_acts as acts
from cohorts.matching.service.groupings import group_teams
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from tests.cohorts.matching.test_groups import BY, come
from tests.cohorts.matching.test_rush import app, counted, press_together  # noqa: F401
from tests.factories import make_institute, make_tenant

pytestmark = pytest.mark.real_commits
Stage = tuple[UUID, UUID, list[UUID]]


@pytest.fixture
def stage(app: Flask) -> Stage:  # noqa: F811
    """Return a consortium, an institute and the five teams that are registered there."""
    with app.app_context():
        tenant_id = make_tenant().id
        with as_tenant(tenant_id):
            institute = make_institute()
            teams = [come(institute, n, "Reading") for n in range(5)]
            return tenant_id, institute.id, [team.id for team in teams]


def drafted(app: Flask, stage: Stage) -> UUID:  # noqa: F811
    tenant_id, institute_id, _ = stage
    with app.app_context(), as_tenant(tenant_id), transaction():
        return group_teams(institute_id, GroupingKind.TABLES, BY).id


def published(app: Flask, stage: Stage, draft: UUID) -> int:  # noqa: F811
    """Return how often it is written down that the draft was published."""
    tenant_id, institute_id, _ = stage
    press_together(app, tenant_id, lambda: acts.publish_grouping(institute_id, draft, BY))
    entries = select(func.count(AuditEntry.id)).where(AuditEntry.act == "publish_grouping")
    return counted(app, tenant_id, entries)


def test_a_draft_read_before_the_others_would_be_published_by_all(
    app: Flask,  # noqa: F811
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: reading the draft under its lock is what holds."""

    def read_too_early(_institute_id: UUID, grouping_id: UUID) -> Grouping:
        grouping = db.session.scalars(select(Grouping).where(Grouping.id == grouping_id)).one()
        set_committed_value(grouping, "published_at", None)
        return grouping

    draft = drafted(app, stage)
    monkeypatch.setattr(acts, "_locked", read_too_early)
    assert published(app, stage, draft) > 1


def test_one_draft_one_wish_and_one_publication_stand_however_many_press(
    app: Flask,  # noqa: F811
    stage: Stage,
) -> None:
    tenant_id, institute_id, (one, other, *_) = stage
    pressed: list[tuple[Callable[[], Any], Any]] = [
        (lambda: group_teams(institute_id, GroupingKind.TABLES, BY), Grouping),
        (
            lambda: acts.add_wish(institute_id, GroupingKind.TABLES, (other, one), BY, apart=True),
            TeamWish,
        ),
    ]
    for act, model in pressed:
        assert press_together(app, tenant_id, act) >= 1
        assert counted(app, tenant_id, select(func.count(model.id))) == 1
    with app.app_context(), as_tenant(tenant_id):
        draft = db.session.scalars(select(Grouping.id)).one()
    assert published(app, stage, draft) == 1
