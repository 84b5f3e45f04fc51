"""Who does what is due: one worker, and with Redis as many helpers as there are machines."""

from typing import TYPE_CHECKING

from flask import Flask

from consortium.jobs import GOODBYE_SECONDS, Worker
from consortium.settings import Settings

if TYPE_CHECKING:
    from consortium.adapters.dramatiq_relay import DramatiqRelay

MAY_BE_SILENT = 60  # seconds; a slow mail server takes its time
HELPERS = 4


class Workforce:
    """A worker that sends what is due, or hands it to a queue whose helpers send it."""

    def __init__(self, app: Flask, relay: "DramatiqRelay | None" = None) -> None:
        """Prepare the work; with a relay, mail takes the way through its queue."""
        if relay is None:
            self._worker = Worker(app)
            self._helpers = None
            return
        self._worker = Worker(app, (relay.hand_over, *app.extensions.get("steps", ())))
        self._helpers = relay.workers(threads=HELPERS)

    @classmethod
    def of(cls, app: Flask) -> "Workforce":
        """Return the workforce that the settings ask for."""
        settings: Settings = app.extensions["settings"]
        if settings.redis_url is None:
            return cls(app)
        # Its libraries would slow down every start where there is no Redis.
        from consortium.adapters.dramatiq_relay import DramatiqRelay  # noqa: PLC0415

        return cls(app, DramatiqRelay.at(settings.redis_url, app))

    def start(self) -> None:
        """Work beside the web requests of this process."""
        if self._helpers is not None:
            self._helpers.start()
        self._worker.start()

    def stop(self, patience: float = GOODBYE_SECONDS) -> None:
        """Finish what is in hand within some seconds, then stop; the rest is taken up later."""
        self._worker.stop(patience)
        if self._helpers is not None:
            self._helpers.stop(timeout=round(patience * 1000))

    def run_forever(self) -> None:
        """Work in this process until SIGTERM or Ctrl-C."""
        if self._helpers is not None:
            self._helpers.start()
        self._worker.run_forever()
        if self._helpers is not None:
            self._helpers.stop()

    def health(self) -> str:
        """Return ``ok``, or for how long nothing has been begun."""
        silent = round(self._worker.seconds_since_beat)
        return "ok" if silent <= MAY_BE_SILENT else f"no sign of life for {silent} seconds"
