"""The migration that begins the ledger: who was invited before is known."""

import base64
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, create_engine, select

from consortium import migrate
from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.calendar.domain import facts_of
from consortium.ports import DatedEvent, Mailbox, Method

pytestmark = pytest.mark.real_commits

TENANT, IDENTITY, PERSON, INSTITUTE, MAIL, LATER = (uuid4() for _ in range(6))
THEN = datetime(2026, 3, 1, tzinfo=UTC)
EVENT = DatedEvent(
    uid="e6a5c5de-8a46-4a65-9d8a-6f0b6c1c4a01",
    sequence=3,
    summary="Keynote; with \\ and, commas " + "é" * 60,
    starts=datetime(2026, 5, 1, 9),
    ends=datetime(2026, 5, 1, 10),
    time_zone="America/Los_Angeles",
    changed_at=THEN,
    location="Oak Room, Venue",
    description="One\n\nJoin online: https://x.org/1",
    join_at="https://x.org/1",
)


def test_the_ledger_begins_with_what_mails_said(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/old.db")
    with engine.connect() as connection:  # never committed: much that rows name is not there
        command.upgrade(migrate._config(connection), "029")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        _store(connection)
        command.upgrade(migrate._config(connection), "030")
        tables = MetaData()
        tables.reflect(connection, only=["calendar_invitation", "session"])
        invitation = tables.tables["calendar_invitation"]
        (row,) = connection.execute(select(invitation)).mappings()
        (version,) = connection.execute(select(tables.tables["session"].c.zones_version))
    engine.dispose()

    assert UUID(row["person_id"]) == PERSON
    assert UUID(row["institute_id"]) == INSTITUTE
    assert UUID(row["mail_id"]) == LATER
    assert (row["sequence"], row["method"], row["lift"]) == (4, "CANCEL", 0)
    assert row["told"] == row["told_before"] == facts_of(EVENT).as_json()
    assert row["method_before"] == "REQUEST"
    assert version == ("",)


def _store(connection: Connection) -> None:
    tables = MetaData()
    names = ["identity", "person", "session", "outbox_email"]
    tables.reflect(connection, only=names)

    def put(name: str, **values: Any) -> None:
        table = tables.tables[name]
        filled = {c.name: _anything(c) for c in table.columns if not c.nullable}
        written = {k: v.hex if isinstance(v, UUID) else v for k, v in values.items()}
        connection.execute(table.insert().values({**filled, **written}))

    put("identity", id=IDENTITY, email="ana@x.org")
    put("person", id=PERSON, tenant_id=TENANT, identity_id=IDENTITY)
    put(
        "session",
        tenant_id=TENANT,
        institute_id=INSTITUTE,
        uid=EVENT.uid,
        online_link=EVENT.join_at,
    )
    for mail_id, method, sequence, day in (
        (MAIL, Method.REQUEST, 3, 1),
        (LATER, Method.CANCEL, 4, 2),
    ):
        put(
            "outbox_email",
            id=mail_id,
            tenant_id=TENANT,
            to="ana@x.org",
            about=f"seat:{uuid4()}",
            outcome="sent",
            attachments=[_file(method, sequence)],
            promised_at=datetime(2026, 3, day),
        )


def _file(method: Method, sequence: int) -> dict[str, Any]:
    values = {**vars(EVENT), "sequence": sequence}
    content = IcalendarWriter().write(
        [DatedEvent(**values)],
        method=method,
        organizer=Mailbox(name="Us", email="us@x.org"),
        attendee=Mailbox(name="Ana", email="ana@x.org"),
    )
    return {
        "filename": "key.ics",
        "content_type": "text/calendar",
        "method": method.value,
        "content": base64.b64encode(content).decode(),
    }


def _anything(column: Any) -> Any:
    kind = column.type.python_type
    if kind is datetime:
        return datetime(2026, 3, 1)
    if kind in (int, bool):
        return kind(1)
    return uuid4().hex if column.name.endswith("id") else [] if kind is dict else ""
