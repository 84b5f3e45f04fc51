"""The worker goes on through failures, and stops when it is told to."""

import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep

import pytest
from flask import Flask, current_app

from consortium import jobs
from consortium.context import current_request_id
from consortium.jobs import Worker

pytestmark = pytest.mark.pure


@pytest.fixture
def app() -> Flask:
    return Flask("nothing")


def until(happened: Callable[[], bool]) -> None:
    """Wait for it, five seconds at most."""
    end = monotonic() + 5
    while not happened():
        assert monotonic() < end, "it did not happen"
        sleep(0.005)


def test_round_does_each_step_inside_the_application(app: Flask) -> None:
    seen = []

    def step(given: Flask) -> int:
        seen.append((given, current_app.name, current_request_id()))
        return 2

    assert Worker(app, [step, step]).run_once() == 4
    assert [entry[:2] for entry in seen] == [(app, "nothing")] * 2
    assert len({entry[2] for entry in seen}) == 2


def test_failing_step_is_told_and_does_not_stop_the_others(app: Flask) -> None:
    done = []

    def broken(_app: Flask) -> int:
        raise ZeroDivisionError

    def sound(_app: Flask) -> int:
        done.append(1)
        return 1

    with pytest.raises(ExceptionGroup) as failed:
        Worker(app, [broken, sound]).run_once()

    assert [type(error) for error in failed.value.exceptions] == [ZeroDivisionError]
    assert done == [1]


def test_thread_goes_on_after_a_failure_and_stops_when_told(app: Flask) -> None:
    tries = []

    def broken_at_first(_app: Flask) -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ZeroDivisionError
        return 0

    worker = Worker(app, [broken_at_first], idle_seconds=0.01, pause_seconds=0.01)
    worker.start()
    until(lambda: len(tries) > 3)
    worker.stop()

    tried = len(tries)
    sleep(0.05)
    assert len(tries) == tried
    assert "worker" not in {thread.name for thread in threading.enumerate()}


def test_worker_rests_only_when_nothing_was_due(app: Flask) -> None:
    left = [1] * 50

    def step(_app: Flask) -> int:
        if left:
            left.pop()
            return 1
        return 0

    worker = Worker(app, [step], idle_seconds=3600)
    worker.start()
    until(lambda: not left)
    worker.stop()


def test_stop_does_not_wait_for_the_rest_to_end(app: Flask) -> None:
    worker = Worker(app, [lambda _app: 0], idle_seconds=3600)
    worker.start()
    began = monotonic()
    worker.stop()

    assert monotonic() - began < 5


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_stops_the_process_after_the_step_in_hand(app: Flask, number: int) -> None:
    ended = []

    def step(_app: Flask) -> int:
        os.kill(os.getpid(), number)
        ended.append(1)
        return 1

    before = signal.getsignal(number)
    Worker(app, [step, step]).run_forever()

    assert ended == [1]
    assert signal.getsignal(number) is before


def test_beat_tells_a_stuck_worker(app: Flask) -> None:
    go_on = threading.Event()
    worker = Worker(app, [lambda _app: int(go_on.wait(5))])
    worker.start()
    until(lambda: worker.seconds_since_beat > 0.05)

    go_on.set()
    until(lambda: worker.seconds_since_beat < 0.05)
    worker.stop()


def test_slowed_step_is_done_at_once_and_then_rarely(app: Flask) -> None:
    done: list[int] = []
    step = jobs.every(timedelta(hours=1), lambda _app: done.append(1) or 1)

    assert [step(app) for _ in range(3)] == [1, 0, 0]
    assert done == [1]


def test_worker_sends_mail_and_does_what_features_registered(app: Flask) -> None:
    jobs.register(app, lambda _app: 7)
    worker = Worker(app)

    assert [step.__name__ for step in worker._steps] == ["deliver_due", "<lambda>"]
