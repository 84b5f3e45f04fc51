"""Coordinators who propose, publish or keep teams apart, and workers, at the same moment."""

from collections.abc import Callable
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, g
from sqlalchemy import func, select, text
from sqlalchemy.orm.attributes import set_committed_value

from cohorts.matching.domain.grouping import Terms
from cohorts.matching.engine.teams.asking import answer_to
from cohorts.matching.models import ONE_TEAM_SEARCH, Grouping, GroupingKind, TeamSearch, TeamWish
from cohorts.matching.service import grouping_acts as acts
from cohorts.matching.service import team_searches
from cohorts.matching.service.groupings import group_teams
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import Conflict
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from tests.cohorts.matching.test_groups import BY, come
from tests.cohorts.matching.test_rush import app, counted, press_together  # noqa: F401
from tests.factories import make_institute, make_tenant
from tests.meeting import at_once, transacting

pytestmark = pytest.mark.real_commits
Stage = tuple[UUID, UUID, list[UUID]]
on_postgresql = pytest.mark.parametrize("app", ["postgresql"], indirect=True)
"""SQLite has one writer at a time, guarded or not."""


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
    assert searching(app, stage) == (1, 1)


def searching(app: Flask, stage: Stage) -> tuple[int, int]:  # noqa: F811
    """Let all ask for tables; return how many searches there are, and how many workers have one."""
    tenant_id, institute_id, _ = stage
    tables = institute_id, GroupingKind.TABLES, Terms()
    press_together(app, tenant_id, lambda: team_searches.ask_team_search(*tables, by=BY))
    with app.app_context(), as_tenant(tenant_id):
        search_id = db.session.scalars(select(TeamSearch.id).limit(1)).one()

    def take() -> None:
        if team_searches.take_team_search(search_id) is None:
            raise Conflict("Another worker has it.")

    taken = press_together(app, tenant_id, take)
    return counted(app, tenant_id, select(func.count(TeamSearch.id))), taken


def settled_while_published(
    app: Flask,  # noqa: F811
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[list[str], list[BaseException], int]:
    """Let a host publish the draft while a worker writes what it found beginning anew.

    Return what was refused, what broke, and how many drafts there are that know nothing of what
    is published.
    """
    tenant_id, institute_id, _ = stage
    draft, looked, kept = drafted(app, stage), Event(), team_searches.keep_grouping
    tables = institute_id, GroupingKind.TABLES, Terms()
    with app.app_context(), as_tenant(tenant_id):
        with transaction():
            search_id = team_searches.ask_team_search(*tables, by=BY).id
        with transaction():
            question = team_searches.take_team_search(search_id) or pytest.fail("it is taken")
        answer = answer_to(question.for_engine())[1]

    def keep_late(*values: Any, **options: Any) -> Grouping:
        looked.set()
        published.wait(1)
        return kept(*values, **options)

    published = Event()

    def publish() -> None:
        looked.wait(60)
        try:
            with transaction():
                g.tenant = db.session.get_one(Tenant, tenant_id)
                acts.publish_grouping(institute_id, draft, BY)
        finally:
            published.set()

    monkeypatch.setattr(team_searches, "keep_grouping", keep_late)
    settle = transacting(lambda: team_searches.settle_team_search(search_id, question, answer))
    refused, broken = at_once(app, tenant_id, [publish, settle])
    drafts = select(func.count(Grouping.id)).where(Grouping.published_at.is_(None))
    published_too = select(func.count(Grouping.id)).where(Grouping.published_at.is_not(None))
    unaware = counted(app, tenant_id, drafts) if counted(app, tenant_id, published_too) else 0
    return [str(one) for one in refused], broken, unaware


@on_postgresql
def test_a_draft_is_published_or_replaced_and_never_both(
    app: Flask,  # noqa: F811
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused, broken, unaware = settled_while_published(app, stage, monkeypatch)
    assert (len(refused), broken, unaware) == (1, [], 0)
    assert "A newer one may have replaced it." in refused[0]


@on_postgresql
def test_without_the_guards_all_search_and_a_draft_does_not_know_what_is_published(
    app: Flask,  # noqa: F811
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control; that one worker takes a row rests on what every errand rests on."""
    with monkeypatch.context() as patch:
        patch.setattr(team_searches, "hold_groupings", lambda *_: None)
        assert settled_while_published(app, stage, patch) == ([], [], 1)
    with app.app_context(), as_tenant(stage[0]), transaction():
        db.session.execute(text(f"DROP INDEX {ONE_TEAM_SEARCH}"))
    assert searching(app, stage)[0] > 2  # one of them is done
