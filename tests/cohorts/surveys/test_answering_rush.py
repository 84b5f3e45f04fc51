"""Somebody sends the same survey twice at one moment: one answer counts, the other is told so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.models import ONE_REPLY, SurveyReply
from cohorts.surveys.service import answering, invariants
from consortium import clock
from consortium.database import db
from consortium.tenancy import as_tenant
from tests.cohorts.surveys import stage
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import make_tenant
from tests.meeting import at_once, writing

pytestmark = pytest.mark.real_commits
SIX = stage.staff(6)


def sent_twice(app: Flask, tenant_id: UUID) -> list[Callable[[], object]]:
    """Return two acts: one address sends its answers from two windows, not the same ones."""
    with as_tenant(tenant_id):
        institute, (harbor,) = stage.cohort("Harbor")
        wave = stage.wave_for(institute, opens_on=clock.now().date())
        stage.put(wave, harbor, SIX)
        stage.open_now(wave, app)
        token = stage.token_of(wave, SIX[0].email)
        codes = [one.code for one in wave.instrument.asked.statements]
        db.session.remove()

    def send(point: int) -> Callable[[], object]:
        return writing(lambda: answering.answer(token, dict.fromkeys(codes, point), {}))

    return [send(1), send(4)]


def points(tenant_id: UUID) -> list[set[Any]]:
    """Return what each kept reply says; all statements of one were answered alike."""
    with as_tenant(tenant_id):
        kept = [set(reply.answers.values()) for reply in db.session.scalars(select(SurveyReply))]
        db.session.remove()
    return kept


def broken_promises(tenant_id: UUID) -> list[str]:
    with as_tenant(tenant_id):
        return [sentence for check in invariants.CHECKS for sentence in check.find()]


def test_of_two_answers_sent_at_once_one_counts(own_app: Flask, tenant_id: UUID) -> None:
    refused, broken = at_once(own_app, tenant_id, sent_twice(own_app, tenant_id))

    assert broken == []
    assert [type(one) for one in refused] == [SurveyRefused]
    assert "already" in refused[0].message
    (kept,) = points(tenant_id)
    assert kept in ({1}, {4})
    assert broken_promises(tenant_id) == []


# On SQLite one transaction writes at a time, and its tables cannot lose their promise.
def test_without_the_promise_of_one_reply_both_count(tmp_path: Path) -> None:
    """The negative control: the database lets two replies stand, and nobody is told."""
    with (
        application("postgresql", tmp_path, mailer=FakeMailer()) as app,
        app.test_request_context(),
    ):
        tenant_id = make_tenant("careless").id
        acts = sent_twice(app, tenant_id)
        db.session.execute(text(f"ALTER TABLE survey_reply DROP CONSTRAINT {ONE_REPLY}"))
        db.session.commit()

        assert at_once(app, tenant_id, acts) == ([], [])

        assert sorted(map(sorted, points(tenant_id))) == [[1], [4]]
