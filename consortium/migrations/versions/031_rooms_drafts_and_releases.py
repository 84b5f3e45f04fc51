"""rooms, drafts and releases

Each room that a session names becomes a room of its institute. What is there is published.
"""

import unicodedata
from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '031'
down_revision = '030'
branch_labels = None
depends_on = None

OWNED_BY_A_TENANT = (
    "venue",
    "room",
    "presenter",
    "programme_release",
    "programme_release_change",
)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('presenter',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_key', sa.String(), nullable=False),
    sa.Column('affiliation', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_presenter_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_presenter_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_presenter')),
    sa.UniqueConstraint('institute_id', 'name_key', name='uq_presenter_institute_id_name_key'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_presenter_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'institute_id', 'name', name=op.f('uq_presenter_tenant_id_institute_id_name'))
    )
    op.create_table('programme_release',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by', sa.String(), nullable=False),
    sa.Column('overridden', JSON, nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_programme_release_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_programme_release_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_release')),
    sa.UniqueConstraint('institute_id', 'number', name=op.f('uq_programme_release_institute_id_number')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_programme_release_tenant_id_id'))
    )
    with op.batch_alter_table('programme_release', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_release_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)

    op.create_table('venue',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_key', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('notes', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_venue_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_venue_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venue')),
    sa.UniqueConstraint('institute_id', 'name_key', name='uq_venue_institute_id_name_key'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_venue_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'institute_id', 'name', name=op.f('uq_venue_tenant_id_institute_id_name'))
    )
    op.create_table('programme_release_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('release_id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('fields', JSON, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'release_id'], ['programme_release.tenant_id', 'programme_release.id'], name=op.f('fk_programme_release_change_tenant_id_release_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_programme_release_change_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_release_change')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_programme_release_change_tenant_id_id'))
    )
    with op.batch_alter_table('programme_release_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_release_change_tenant_id_release_id'), ['tenant_id', 'release_id'], unique=False)

    op.create_table('room',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_key', sa.String(), nullable=False),
    sa.Column('venue', sa.String(), nullable=True),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('features', JSON, nullable=False),
    sa.Column('notes', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('capacity IS NULL OR capacity >= 1', name=op.f('ck_room_room_for_someone')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id', 'venue'], ['venue.tenant_id', 'venue.institute_id', 'venue.name'], name=op.f('fk_room_tenant_id_institute_id_venue'), onupdate='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_room_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_room_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room')),
    sa.UniqueConstraint('institute_id', 'name_key', name='uq_room_institute_id_name_key'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_room_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'institute_id', 'name', name=op.f('uq_room_tenant_id_institute_id_name'))
    )
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_room_tenant_id_institute_id_venue'), ['tenant_id', 'institute_id', 'venue'], unique=False)

    with op.batch_alter_table('institute', schema=None) as batch_op:
        batch_op.add_column(sa.Column('programme_held_back', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('venue', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('presenters', JSON, nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('facilitators', JSON, nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('track', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('audience_sides', JSON, nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('strand', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('published', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('draft', JSON, nullable=True))
        batch_op.add_column(sa.Column('draft_cancelled', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('edited_by', sa.String(), nullable=False, server_default=''))
        batch_op.alter_column('room', existing_type=sa.VARCHAR(), nullable=True)
    _make_rooms()
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_tenant_id_institute_id_room'), ['tenant_id', 'institute_id', 'room'], unique=False)
        batch_op.create_index(batch_op.f('ix_session_tenant_id_institute_id_venue'), ['tenant_id', 'institute_id', 'venue'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_session_tenant_id_institute_id_venue'), 'venue', ['tenant_id', 'institute_id', 'venue'], ['tenant_id', 'institute_id', 'name'], onupdate='CASCADE')
        batch_op.create_foreign_key(batch_op.f('fk_session_tenant_id_institute_id_room'), 'room', ['tenant_id', 'institute_id', 'room'], ['tenant_id', 'institute_id', 'name'], onupdate='CASCADE')
    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def _make_rooms() -> None:
    """Let each room's name stand for a row; spellings of one name become one."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT set_config('consortium.tenant', '*', true)"))
    connection.execute(sa.text("UPDATE session SET room = NULL WHERE trim(room) = ''"))
    session = sa.table(
        "session",
        sa.column("tenant_id", sa.Uuid()),
        sa.column("institute_id", sa.Uuid()),
        sa.column("room", sa.String()),
    )
    room = sa.table(
        "room",
        sa.column("id", sa.Uuid()),
        sa.column("tenant_id", sa.Uuid()),
        sa.column("institute_id", sa.Uuid()),
        sa.column("name", sa.String()),
        sa.column("name_key", sa.String()),
        sa.column("features", JSON),
        sa.column("notes", sa.String()),
        sa.column("position", sa.Integer()),
    )
    said = sa.select(session.c.tenant_id, session.c.institute_id, session.c.room)
    named: dict[tuple[object, object], dict[str, str]] = {}
    for tenant, institute, name in connection.execute(
        said.where(session.c.room.is_not(None)).distinct().order_by(session.c.room)
    ).all():
        key = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
        rooms = named.setdefault((tenant, institute), {})
        if key not in rooms:
            rooms[key] = " ".join(name.split())
            connection.execute(
                room.insert().values(
                    id=uuid4(),
                    tenant_id=tenant,
                    institute_id=institute,
                    name=rooms[key],
                    name_key=key,
                    features=[],
                    notes="",
                    position=len(rooms) - 1,
                )
            )
        if name != rooms[key]:
            connection.execute(
                sa.update(session)
                .where(session.c.institute_id == institute, session.c.room == name)
                .values(room=rooms[key])
            )


def downgrade() -> None:
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_session_tenant_id_institute_id_room'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_session_tenant_id_institute_id_venue'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_session_tenant_id_institute_id_venue'))
        batch_op.drop_index(batch_op.f('ix_session_tenant_id_institute_id_room'))
        batch_op.drop_column('edited_by')
        batch_op.drop_column('draft_cancelled')
        batch_op.drop_column('draft')
        batch_op.drop_column('published')
        batch_op.drop_column('strand')
        batch_op.drop_column('audience_sides')
        batch_op.drop_column('track')
        batch_op.drop_column('facilitators')
        batch_op.drop_column('presenters')
        batch_op.drop_column('venue')

    op.execute("UPDATE session SET room = '' WHERE room IS NULL")
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.alter_column('room', existing_type=sa.VARCHAR(), nullable=False)
    with op.batch_alter_table('institute', schema=None) as batch_op:
        batch_op.drop_column('programme_held_back')

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_room_tenant_id_institute_id_venue'))

    op.drop_table('room')
    with op.batch_alter_table('programme_release_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_release_change_tenant_id_release_id'))

    op.drop_table('programme_release_change')
    op.drop_table('venue')
    with op.batch_alter_table('programme_release', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_release_tenant_id_institute_id'))

    op.drop_table('programme_release')
    op.drop_table('presenter')
