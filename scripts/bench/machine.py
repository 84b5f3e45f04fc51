"""Tell long random histories of registration: scripts/bench/machine.py --examples 500 --steps 50.

Each act is done by the services and by a plain model; they have to agree after every step, and
``verify`` has to find nothing. Prints how many steps a second that was. What fails is printed
with the shortest history that shows it.
"""

import argparse
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from consortium import clock
from consortium.database import db
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.machine.history import History

taken_steps = 0


class Long(History):
    """A history that counts its steps."""

    @staticmethod
    def set_clock(moment: datetime) -> None:
        """Stop the clock."""
        clock.now = lambda: moment

    def check_invariants(self, *args: object, **kwargs: object) -> None:
        """Count, and look as ever."""
        global taken_steps  # noqa: PLW0603  (one figure of a script)
        taken_steps += 1
        super().check_invariants(*args, **kwargs)


def main() -> None:
    """Run with what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=500)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--database", default="sqlite", help="sqlite, postgresql, or a URL")
    parser.add_argument("--each-step", action="store_true", help="verify after each step")
    parser.add_argument("--seed", type=int, help="the same seed tells the same histories")
    said = parser.parse_args()
    Long.look_each_step = said.each_step
    if said.seed is not None:
        from hypothesis import seed

        seed(said.seed)(Long)
    profile = settings(
        max_examples=said.examples,
        stateful_step_count=said.steps,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        application(said.database, Path(folder), mailer=FakeMailer()) as app,
        app.app_context(),
    ):
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        db.engines[None] = connection  # type: ignore[assignment]
        db.session.configure(join_transaction_mode="create_savepoint")
        began = monotonic()
        try:
            run_state_machine_as_test(Long, settings=profile)
        finally:
            db.session.remove()
            db.engines[None] = engine
            outer.rollback()
            connection.close()
        took = monotonic() - began
        print(
            f"{said.database}: {said.examples} histories of up to {said.steps} steps, "
            f"{taken_steps:,} looks in {took:,.0f} s ({taken_steps / took:,.0f} a second): "
            "the model and the database agree."
        )


if __name__ == "__main__":
    main()
