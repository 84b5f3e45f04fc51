"""How long it takes to tell 3,000 people of a change, and to answer calendar programs.

    .venv-dev/bin/python scripts/bench/calendars.py [--database postgresql]

Stores an institute of 3,000 people with 30 sessions that are in everyone's calendar, moves one
that is for everybody, and lets the worker find out who has to be told. Then it asks for a feed of
200 entries as calendar programs do, through the application without a network. It prints
milliseconds of the processor's time, which says more on a busy machine and is what the limits are
for, and of the clock.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import func, insert, select, update

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from consortium import clock
from consortium.calendar import service as feeds
from consortium.calendar.domain import Told, facts_of
from consortium.calendar.models import CalendarInvitation
from consortium.database import db, end_reading, transaction
from consortium.ids import new_id
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from consortium.ports import Method
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.agenda.jobs import notices as jobs
from events.agenda.service import comparing, notices
from events.institutes.models import Day, Institute
from events.registration.models import Seat, SeatStatus, Team, TeamStatus
from events.schedule import service as schedule
from events.schedule.models import Session
from scripts.bench.roster import fill, quiet_application

TEAMS, TOLD, ENTRIES = 500, 30, 200
FIRST = date(2030, 6, 3)
LIMITS = {"queued": 5000.0, "feed": 30.0, "304": 5.0}


def prepare() -> None:
    """Let everyone have confirmed, and 30 sessions be in everyone's calendar."""
    tenant = db.session.scalars(select(Tenant)).one()
    with as_tenant(tenant.id):
        institute = db.session.scalars(select(Institute)).one()
        institute.days = [Day(on=FIRST)]
        db.session.execute(update(Team).values(status=TeamStatus.REGISTERED))
        db.session.execute(update(Seat).values(status=SeatStatus.CONFIRMED))
        sessions = [_session(institute, number) for number in range(TOLD)]
        db.session.add_all(sessions)
        db.session.flush()
        told = {
            session.uid: Told(
                method=Method.REQUEST,
                facts=facts_of(schedule.dated_event_of(session, institute, admitted=True)),
            )
            for session in sessions
        }
        for person_id in db.session.scalars(select(Seat.person_id)).all():
            rows = [
                {
                    "id": new_id(),
                    "tenant_id": tenant.id,
                    "person_id": person_id,
                    "institute_id": institute.id,
                    "uid": uid,
                    "sequence": 0,
                    "lift": 0,
                    "method": one.method,
                    "told": one.facts.as_json(),
                    "digest": one.digest,
                    "told_at": clock.now(),
                    "answer_sequence": -1,
                    "comment": "",
                }
                for uid, one in told.items()
            ]
            db.session.execute(insert(CalendarInvitation), rows)
        db.session.commit()


def _session(institute: Institute, number: int) -> Session:
    zone = ZoneInfo(institute.time_zone)
    starts = datetime.combine(FIRST, datetime.min.time()) + timedelta(hours=8, minutes=3 * number)
    ends = starts + timedelta(minutes=3)
    return Session(
        institute_id=institute.id,
        code=f"s{number}",
        uid=str(new_id()),
        kind="plenary",
        title=f"Session {number}",
        description="What we do together. " * 8,
        time_zone=institute.time_zone,
        starts=starts,
        ends=ends,
        starts_at=starts.replace(tzinfo=zone).astimezone(UTC),
        ends_at=ends.replace(tzinfo=zone).astimezone(UTC),
        changed_at=clock.now(),
        position=number,
    )


class Watch:
    """Measures the processor's time and the clock's, in milliseconds."""

    def __init__(self) -> None:
        self._began = time.process_time(), time.perf_counter()

    def read(self) -> tuple[float, float]:
        """Return both since it was made."""
        work, began = self._began
        return 1000 * (time.process_time() - work), 1000 * (time.perf_counter() - began)


def tell_everyone(app: Flask) -> dict[str, tuple[float, float]]:
    """Move a session; return what wanting and queueing took, and the longest write."""
    tenant = db.session.scalars(select(Tenant)).one()
    writes: list[tuple[float, float]] = []
    tell = comparing.tell

    def timed(found: comparing.Found) -> int:
        watch = Watch()
        told = tell(found)
        writes.append(watch.read())
        return told

    comparing.tell = timed
    with as_tenant(tenant.id):
        session = db.session.scalars(select(Session).order_by(Session.position)).first()
        assert session is not None  # noqa: S101
        end_reading()
        watch = Watch()
        with transaction():
            db.session.execute(
                update(Session)
                .where(Session.code == "s0")
                .values(title="Moved", sequence=1, changed_at=clock.now())
            )
            institute = db.session.scalars(select(Institute)).one()
            notices.programme_changed(institute.id, [session.id])
        wanted = watch.read()
    mails = 0
    while found := jobs.tell_of_changes(app):
        mails += found
    queued = watch.read()
    comparing.tell = tell
    stored = db.session.scalar(select(func.count(OutboxEmail.id)))
    end_reading()
    if mails != stored or mails != TEAMS * 6:
        raise SystemExit(f"{mails} mails were queued and {stored} stored")
    return {"wanted": wanted, "queued": queued, "longest write": max(writes)}


def ask_for_feed(app: Flask) -> dict[str, tuple[float, float]]:
    """Return what a feed of 200 entries takes anew, warm, and where nothing changed."""
    with app.app_context():
        tenant = db.session.scalars(select(Tenant)).one()
        with as_tenant(tenant.id), transaction():
            institute = db.session.scalars(select(Institute)).one()
            db.session.add_all(_session(institute, n) for n in range(TOLD, ENTRIES))
            person = db.session.scalars(
                select(Person).join(Seat, Seat.person_id == Person.id).limit(1)
            ).one()
            secret = app.extensions["settings"].secret_key
            feed = feeds.feed_of(person, secret=secret, by="bench")
            path = f"/bench/calendar/{feeds.find_token(feed, secret=secret)}.ics"
    client = app.test_client()
    first = client.get(path)
    if first.data.count(b"BEGIN:VEVENT") < ENTRIES:
        raise SystemExit(f"only {first.data.count(b'BEGIN:VEVENT')} entries")
    tag = {"If-None-Match": first.headers["ETag"]}
    return {
        "feed": _median(lambda: client.get(path), 200, 40),
        "304": _median(lambda: client.get(path, headers=tag), 304, 40),
    }


def _median(ask: Callable[[], Any], status: int, repeats: int) -> tuple[float, float]:
    took = []
    for _ in range(repeats):
        watch = Watch()
        answer = ask()
        took.append(watch.read())
        if answer.status_code != status:
            raise SystemExit(f"{answer.status} instead of {status}")
    works, clocks = zip(*took, strict=True)
    return statistics.median(works), statistics.median(clocks)


def main() -> None:
    """Print what it took; leave with 1 when that is too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    with quiet_application(options.database) as app:
        with app.app_context():
            fill(TEAMS)
            prepare()
            found = tell_everyone(app)
        found |= ask_for_feed(app)
    print(f"{'':<16}{'processor':>12}{'clock':>12}")
    for name, (work, took) in found.items():
        print(f"{name:<16}{work:>9.1f} ms{took:>9.1f} ms")
    slow = [name for name, limit in LIMITS.items() if found[name][0] > limit]
    if slow:
        raise SystemExit(f"Too slow: {', '.join(slow)}")


if __name__ == "__main__":
    main()
