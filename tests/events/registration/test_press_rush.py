"""Many leads press “Submit the team” at once: the rush of the benchmark, made small."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from consortium.database import db, end_reading, expect_writes
from consortium.tenancy import for_every_tenant
from scripts.bench.careless import without_guard
from scripts.bench.registrations import told_in
from scripts.bench.rush_stage import Lead, faults_of, set_rush
from tests.conftest import FakeMailer
from tests.consortium.applications import application

pytestmark = pytest.mark.real_commits

TEAMS, PLACES, BROWSERS = 40, 12, 8  # so that the places end in the middle of a round
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(params=["sqlite", "postgresql"])
def own_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with application(request.param, tmp_path, mailer=FakeMailer()) as app:
        yield app


def rush(app: Flask, guard: Callable[[], AbstractContextManager[None]]) -> tuple[list[str], int]:
    """Return what is wrong afterwards, and how many were told where they stand."""
    with app.test_request_context():
        expect_writes()
        leads = set_rush(app, teams=TEAMS, places=PLACES)
        expect_writes(expected=False)
        db.session.remove()
    with guard():
        answers = press_all(app, leads)
    told = sum("is registered" in said or "waitlist, number" in said for said in answers)
    with app.app_context(), for_every_tenant():
        faults = faults_of(TEAMS, PLACES, answered=told)
        end_reading()
    return faults, told


def press_all(app: Flask, leads: list[Lead]) -> list[str]:
    left, lock = iter(leads), threading.Lock()
    answers: list[str] = []
    broken: list[BaseException] = []

    def browse() -> None:
        browser = Flask.test_client(app, use_cookies=False)
        try:
            while True:
                with lock:
                    lead = next(left, None)
                if lead is None:
                    return
                answers.append(read(browser.post(
                    lead.path, data=urlencode(lead.form), content_type=FORM,
                    headers={"Cookie": lead.cookie},
                )))  # fmt: skip
        except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
            broken.append(error)

    threads = [threading.Thread(target=browse) for _ in range(BROWSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return answers


def read(response: TestResponse) -> str:
    assert response.status_code == 302, response.text
    return " ".join(told_in(cookie) for cookie in response.headers.getlist("Set-Cookie"))


def test_every_place_is_sold_once_and_the_answer_tells_the_rest_their_number(
    own_app: Flask,
) -> None:
    assert rush(own_app, nullcontext) == ([], TEAMS)


def test_without_the_guard_the_same_rush_oversells(own_app: Flask) -> None:
    """The negative control: count who is registered first, and take a place afterwards."""
    faults, _ = rush(own_app, without_guard)

    assert [fault for fault in faults if fault.startswith("oversold: ")], faults
