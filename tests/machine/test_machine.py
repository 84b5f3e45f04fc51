"""Short random histories in each run; scripts/bench/machine.py tells long ones."""

from datetime import datetime
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from consortium import clock
from tests.machine.history import History

SHORT = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_whatever_people_do_what_is_stored_is_what_they_did(
    app: Flask, database: None, monkeypatch: Any
) -> None:
    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    class Short(History):
        pass

    Short.set_clock = staticmethod(set_clock)

    run_state_machine_as_test(Short, settings=SHORT)
