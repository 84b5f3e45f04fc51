"""Tell people what changed on their agendas, soon after it did."""

from datetime import timedelta
from uuid import UUID

from flask import Flask

from consortium import jobs
from consortium.database import end_reading, transaction
from consortium.tenancy import as_tenant, for_every_tenant
from consortium.tenants import service as tenants
from events.agenda.service import comparing

EVERY = timedelta(seconds=2)


def init_app(app: Flask) -> None:
    """Let the worker look every few seconds."""
    jobs.register(app, jobs.every(EVERY, tell_of_changes))
    jobs.register(app, jobs.every(timedelta(minutes=5), forget_told))


def tell_of_changes(_app: Flask) -> int:
    """Promise one mail to each whose agenda changed; return how many mails.

    Some of each institute in a round. The long look is a read, the write after it short, so that
    no page waits for thousands of mails.
    """
    with for_every_tenant():
        due = list(comparing.institutes_to_look_at())
    end_reading()
    return sum(_tell_some(tenant_id, institute_id) for tenant_id, institute_id in due)


def forget_told(_app: Flask) -> int:
    """Delete the notices whose mail is settled; return how many."""
    return jobs.one_by_one(tenants.in_turn, comparing.forget_told)


def _tell_some(tenant_id: UUID, institute_id: UUID) -> int:
    with as_tenant(tenant_id):
        found = comparing.look(institute_id)
        end_reading()
        with transaction():
            return comparing.tell(found)
