"""Short random histories in each run; scripts/bench/machine.py tells long ones."""

from datetime import datetime

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from consortium import clock
from tests.machine.ground import Ground
from tests.machine.history import History
from tests.machine.waiting import Offered


def tell(kind: type[Ground], patch: pytest.MonkeyPatch, *, histories: int, steps: int) -> None:
    """Tell some random histories, the same ones each time, and let each act be checked."""

    def set_clock(moment: datetime) -> None:
        patch.setattr(clock, "now", lambda: moment)

    patch.setattr(kind, "set_clock", staticmethod(set_clock), raising=False)
    profile = settings(
        max_examples=histories,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(kind, settings=profile)


def test_whatever_people_do_what_is_stored_is_what_they_did(
    app: Flask, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(History, monkeypatch, histories=4, steps=20)


def test_however_offers_end_what_is_stored_is_what_became_of_them(
    app: Flask, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Offered.answers.clear()

    tell(Offered, monkeypatch, histories=2, steps=10)

    assert set(+Offered.answers) == {
        "accepted",
        "declined to stay",
        "declined to leave",
        "ran out",
    }
