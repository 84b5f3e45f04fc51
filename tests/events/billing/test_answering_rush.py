"""A payer says no while a lead sets the shares: the invoice asks for what the shares say."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from events.billing import service as billing
from events.billing.models import Bill, BillShare
from events.billing.service import answering, sharing
from events.billing.service.invariants import invoices_off
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.billing.stage import (
    DISTRICT,
    FLAT,
    LOCAL,
    all_of_it,
    half,
    name_payers,
    registered,
    share,
    shares_of,
)
from tests.events.registration.builders import lead_editor
from tests.factories import make_person, make_tenant

pytestmark = pytest.mark.real_commits
A_MOMENT = 2.0
"""Seconds that the lead waits for the payer, who waits for the lead where the bill is held."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Flask]:
    """Return an application on PostgreSQL: on SQLite the two could not meet."""
    with application("postgresql", tmp_path, mailer=FakeMailer()) as app:
        yield app


def meet(office: Flask, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[BaseException]]:
    """Let the local decline after the lead has read the shares; return what is off, and failed."""
    with office.app_context(), as_tenant((tenant := make_tenant()).id):
        make_person("lead@example.org", "Lee Lead")
        team = registered(6, FLAT)
        name_payers(team, LOCAL, DISTRICT)
        share(team, half(), half())
        team_id, tenant_id = team.id, tenant.id
        local, district = (one.id for one in shares_of(team))
    read, declined = threading.Event(), threading.Event()
    send = sharing.send_changes

    def send_later(*said: Any, **more: Any) -> None:
        read.set()
        declined.wait(A_MOMENT)
        send(*said, **more)

    monkeypatch.setattr(sharing, "send_changes", send_later)
    broken: list[BaseException] = []

    def change() -> None:
        rules = {local: half(), district: all_of_it()}
        billing.share_costs(team_id, rules, lead_editor())

    def decline() -> None:
        read.wait()
        billing.decline_share(local, "We do not pay.", email=LOCAL.contact_email)

    def work(act: Any, done: threading.Event | None = None) -> None:
        try:
            with office.app_context(), as_tenant(tenant_id), transaction():
                act()
        except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
            broken.append(error)
        if done is not None:
            done.set()

    threads = [
        threading.Thread(target=work, args=(change,)),
        threading.Thread(target=work, args=(decline, declined)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with office.app_context(), as_tenant(tenant_id):
        return list(invoices_off()), broken


def test_a_no_waits_until_the_shares_are_set(
    office: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert meet(office, monkeypatch) == ([], [])


def test_without_holding_the_bill_who_said_no_is_billed_again(
    office: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the two do meet."""

    def unheld(share_id: UUID, _email: str) -> tuple[Bill, BillShare]:
        found = db.session.scalars(select(BillShare).where(BillShare.id == share_id)).one()
        return db.session.get_one(Bill, found.bill_id), found

    monkeypatch.setattr(answering, "lock_share_of_contact", unheld)

    off, broken = meet(office, monkeypatch)

    assert broken == []
    assert [line.split(" asks")[0] for line in off] == ["INV-2026-0001"]
