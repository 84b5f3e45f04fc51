"""keep what calendars were told

Before this, mails with calendar files were kept and read again whenever someone left, and numbers
were counted from the seats that had ended. The ledger begins with what those mails say that are
out, or may be: each person's last message about each UID, its number and what it showed. So who was
invited before is not invited again, is told of changes from the old time to the new one, and gets
a number above all that came before: the ledger raises every message over the highest it knows. A
mail that still waits keeps the files that were written for it; until it is out, the ledger takes
it for one that may have left. Where mails were deleted meanwhile, people's next mail brings their
whole agenda once, under the session's own number, and programs that have it already keep it.

Sessions say by which rules of their zone their instants were derived: nobody knows of those that
are there, so that all of them are derived once more.
"""

import base64
import hashlib
import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.ids import new_id
from consortium.migrations.walls import wall_in

revision = '030'
down_revision = '029'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('calendar_invitation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('uid', sa.String(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('lift', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(length=40), nullable=True),
    sa.Column('told', JSON, nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('mail_id', sa.Uuid(), nullable=True),
    sa.Column('method_before', sa.String(length=40), nullable=True),
    sa.Column('told_before', JSON, nullable=True),
    sa.Column('answer', sa.String(length=40), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer_stamp', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer_sequence', sa.Integer(), nullable=False),
    sa.Column('comment', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_calendar_invitation_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_calendar_invitation_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_invitation')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_calendar_invitation_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'person_id', 'uid', name=op.f('uq_calendar_invitation_tenant_id_person_id_uid'))
    )
    with op.batch_alter_table('calendar_invitation', schema=None) as batch_op:
        batch_op.create_index('ix_calendar_invitation_institute', ['tenant_id', 'institute_id', 'uid'], unique=False)
        batch_op.create_index('ix_calendar_invitation_mail', ['mail_id'], unique=False)

    op.create_table('calendar_notice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('wanted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_calendar_notice_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_calendar_notice_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_calendar_notice_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_notice')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_calendar_notice_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'institute_id', 'person_id', name='uq_calendar_notice_tenant_id_institute_id_person_id')
    )
    with op.batch_alter_table('calendar_notice', schema=None) as batch_op:
        batch_op.create_index('ix_calendar_notice_due', ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_calendar_notice_tenant_id_person_id'), ['tenant_id', 'person_id'], unique=False)

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('zones_version', sa.String(), nullable=False, server_default=''))
    if op.get_bind().dialect.name == "postgresql":
        for table in ("calendar_invitation", "calendar_notice"):
            wall_in(op, table)
    _fill()


MAIL = sa.table(
    "outbox_email",
    *(sa.column(name) for name in ("id", "tenant_id", "to", "about", "outcome", "attempts")),
    sa.column("promised_at", sa.DateTime(timezone=True)),
    sa.column("attachments", JSON),
)
IDENTITY = sa.table("identity", sa.column("id"), sa.column("email"))
PERSON = sa.table("person", *(sa.column(name) for name in ("id", "tenant_id", "identity_id", "merged_into_id")))
SESSION = sa.table("session", *(sa.column(name) for name in ("tenant_id", "uid", "institute_id", "online_link")))
FOLD = re.compile(r"\r?\n[ \t]")


def _fill() -> None:
    """Write down what the mails told that are out, or may be, the oldest first."""
    connection = op.get_bind()
    own = connection.dialect.name == "postgresql"
    if own:
        connection.execute(sa.text("SELECT set_config('consortium.tenant', '*', true)"))
    people = {
        (str(tenant), email): merged or person
        for tenant, email, person, merged in connection.execute(
            sa.select(PERSON.c.tenant_id, IDENTITY.c.email, PERSON.c.id, PERSON.c.merged_into_id)
            .join_from(PERSON, IDENTITY, IDENTITY.c.id == PERSON.c.identity_id)
        )
    }
    sessions = {
        (str(tenant), uid): (institute, link)
        for tenant, uid, institute, link in connection.execute(
            sa.select(SESSION.c.tenant_id, SESSION.c.uid, SESSION.c.institute_id, SESSION.c.online_link)
        )
    }
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    mails = sa.select(MAIL).where(
        sa.or_(MAIL.c.about.like("seat:%"), MAIL.c.about.like("cancelled:%")),
        MAIL.c.outcome != "failed",
        sa.or_(MAIL.c.outcome != "superseded", MAIL.c.attempts > 0),
    )
    for mail in connection.execute(mails.order_by(MAIL.c.promised_at, MAIL.c.id)).mappings():
        person = people.get((str(mail["tenant_id"]), mail["to"]))
        for file in mail["attachments"] or ():
            said = _said(file) if person is not None and file.get("method") else None
            if said is None or (str(mail["tenant_id"]), said["uid"]) not in sessions:
                continue
            _take(rows, mail, person, said, *sessions[str(mail["tenant_id"]), said["uid"]])
    if rows:
        ids = sa.Uuid() if own else None
        columns = [sa.column(name, ids) if name in IDS and own else sa.column(name) for name in PLAIN]
        moments = [sa.column("told_at", sa.DateTime(timezone=True))]
        values = [sa.column(name, JSON) for name in ("told", "told_before")]
        table = sa.table("calendar_invitation", *columns, *moments, *values)
        every = list(rows.values())
        for first in range(0, len(every), 500):
            connection.execute(table.insert(), every[first : first + 500])
    if own:
        connection.execute(sa.text("SELECT set_config('consortium.tenant', '', true)"))


IDS = ("id", "tenant_id", "person_id", "institute_id", "mail_id")
PLAIN = (*IDS, "uid", "sequence", "lift", "method", "method_before", "answer_sequence", "comment")


def _take(rows: dict[Any, Any], mail: Any, person: Any, said: dict[str, Any], institute: Any, link: str) -> None:
    key = (str(mail["tenant_id"]), str(person), said["uid"])
    before = rows.get(key, {})
    new = new_id()
    rows[key] = {
        "id": before.get("id", new if op.get_bind().dialect.name == "postgresql" else new.hex),
        "tenant_id": mail["tenant_id"],
        "person_id": person,
        "institute_id": institute,
        "uid": said["uid"],
        "sequence": max(said["sequence"], before.get("sequence", -1)),
        "lift": 0,
        "method": said["method"],
        "told": _facts(said, link),
        "told_at": mail["promised_at"],
        "mail_id": mail["id"],
        "method_before": before.get("method"),
        "told_before": before.get("told"),
        "answer_sequence": -1,
        "comment": "",
    }


def _said(file: dict[str, Any]) -> dict[str, Any] | None:
    """Return what one of our own files says; nothing of a file that is not ours."""
    try:
        text = FOLD.sub("", base64.b64decode(file["content"]).decode())
        event = text[text.index("BEGIN:VEVENT") :]
        lines = [line.rstrip("\r").partition(":") for line in event.split("\n")]
        named = {key.partition(";")[0]: (key, value) for key, _, value in reversed(lines)}
        starts, zone = _moment(*named["DTSTART"])
        ends, _ = _moment(*named["DTEND"])
        return {
            "uid": _plain(named["UID"][1]),
            "sequence": int(named["SEQUENCE"][1]),
            "method": file["method"],
            "starts": starts,
            "ends": ends,
            "zone": zone,
            **{name: _plain(named[name.upper()][1]) if name.upper() in named else "" for name in
               ("summary", "location", "description")},
        }
    except (KeyError, ValueError):
        return None


def _moment(key: str, value: str) -> tuple[datetime, str]:
    wall = datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")
    return wall, "UTC" if value.endswith("Z") else key.partition("TZID=")[2].strip('"')


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def _facts(said: dict[str, Any], link: str) -> dict[str, str]:
    link = link if link and link in said["description"] else ""
    return {
        "title": said["summary"],
        "starts": said["starts"].isoformat(timespec="minutes"),
        "ends": said["ends"].isoformat(timespec="minutes"),
        "zone": said["zone"],
        "begins_at": said["starts"].replace(tzinfo=ZoneInfo(said["zone"])).astimezone(UTC).isoformat(timespec="minutes"),
        "place": said["location"],
        "link": _digest(link),
        "details": _digest("\n\n".join(one for one in said["description"].split("\n\n") if not link or link not in one)),
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16] if text else ""


def downgrade() -> None:
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_column('zones_version')

    with op.batch_alter_table('calendar_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calendar_notice_tenant_id_person_id'))
        batch_op.drop_index('ix_calendar_notice_due')

    op.drop_table('calendar_notice')
    with op.batch_alter_table('calendar_invitation', schema=None) as batch_op:
        batch_op.drop_index('ix_calendar_invitation_mail')
        batch_op.drop_index('ix_calendar_invitation_institute')

    op.drop_table('calendar_invitation')
