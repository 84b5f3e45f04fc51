"""With Redis, any number of machines send mail: claimed rows become messages to Dramatiq actors."""

from datetime import datetime, timedelta
from uuid import UUID

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from flask import Flask

from consortium import context
from consortium.database import transaction
from consortium.outbox.jobs import deliver
from consortium.outbox.service import delivery
from consortium.outbox.service.delivery import Claim

# How long a mail may wait in the queue before it is claimed anew. A message that comes after
# that finds its claim gone and does nothing.
LEASE_IN_QUEUE = timedelta(minutes=5)
MOST_AT_ONCE = 100


class DramatiqRelay:
    """Hands due mail to a queue, and does what its workers do with one mail."""

    def __init__(self, app: Flask, broker: dramatiq.Broker) -> None:
        """Make the actor known to the broker."""
        self._app = app
        self._broker = broker
        # Dramatiq tries nothing again: what was not sent waits in the outbox.
        as_actor = dramatiq.actor(
            actor_name="deliver_mail", queue_name="mail", broker=broker, max_retries=0
        )
        self.deliver_mail = as_actor(self._deliver_mail)

    @classmethod
    def at(cls, redis_url: str, app: Flask) -> "DramatiqRelay":
        """Return the relay over this Redis."""
        return cls(app, RedisBroker(url=redis_url))  # type: ignore[no-untyped-call]

    def hand_over(self, _app: Flask) -> int:
        """Hand the due mails to the queue; return how many. A step of the worker."""
        with transaction():
            claims = delivery.claim(most=MOST_AT_ONCE, lease=LEASE_IN_QUEUE)
        try:
            for claim in claims:
                self.deliver_mail.send(str(claim.id), claim.attempt, claim.until.isoformat())
        except Exception:
            with transaction():
                delivery.release(claims)
            raise
        return len(claims)

    def workers(self, threads: int = 4) -> dramatiq.Worker:
        """Return workers that take mail from the queue; ``start()`` and ``stop()`` them."""
        return dramatiq.Worker(self._broker, queues={"mail"}, worker_threads=threads)

    def _deliver_mail(self, row_id: str, attempt: int, until: str) -> None:
        with self._app.app_context():
            context.begin_request()
            claim = Claim(id=UUID(row_id), attempt=attempt, until=datetime.fromisoformat(until))
            deliver(self._app, claim)
