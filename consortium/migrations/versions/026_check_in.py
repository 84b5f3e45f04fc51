"""check in"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '026'
down_revision = '025'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OWNED_BY_A_TENANT = (
    "badge_print",
    "check_in",
    "check_in_settings",
    "kiosk",
    "strike",
    "printed_badge",
    "scan",
)


def upgrade() -> None:
    op.create_table('badge_print',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('paper', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_badge_print_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_badge_print_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badge_print')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_badge_print_tenant_id_id'))
    )
    with op.batch_alter_table('badge_print', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_badge_print_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)

    op.create_table('check_in',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('left_at IS NULL OR left_at >= arrived_at', name=op.f('ck_check_in_left_after_arrival')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_check_in_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_check_in_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_check_in_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in')),
    sa.UniqueConstraint('institute_id', 'person_id', 'on', name='uq_check_in_institute_id_person_id_on'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_check_in_tenant_id_id'))
    )
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.create_index('ix_check_in_changed', ['tenant_id', 'institute_id', 'on', 'changed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_check_in_tenant_id_person_id'), ['tenant_id', 'person_id'], unique=False)

    op.create_table('check_in_settings',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('walk_ins', sa.Boolean(), nullable=False),
    sa.Column('until_day_end', sa.Boolean(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_check_in_settings_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_check_in_settings_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in_settings')),
    sa.UniqueConstraint('institute_id', name='uq_check_in_settings_institute_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_check_in_settings_tenant_id_id'))
    )
    with op.batch_alter_table('check_in_settings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_in_settings_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)

    op.create_table('kiosk',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('started_by', sa.String(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_kiosk_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_kiosk_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kiosk')),
    sa.UniqueConstraint('digest', name=op.f('uq_kiosk_digest')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_kiosk_tenant_id_id'))
    )
    with op.batch_alter_table('kiosk', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kiosk_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)

    op.create_table('strike',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('client_id', sa.String(), nullable=False),
    sa.Column('strikes', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_strike_reason_given')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_strike_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_strike_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_strike')),
    sa.UniqueConstraint('institute_id', 'client_id', name='uq_strike_institute_id_client_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_strike_tenant_id_id'))
    )
    with op.batch_alter_table('strike', schema=None) as batch_op:
        batch_op.create_index('ix_strike_strikes', ['tenant_id', 'institute_id', 'strikes'], unique=False)

    op.create_table('printed_badge',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('print_id', sa.Uuid(), nullable=False),
    sa.Column('badge_id', sa.Uuid(), nullable=False),
    sa.Column('said', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'badge_id'], ['badge.tenant_id', 'badge.id'], name=op.f('fk_printed_badge_tenant_id_badge_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'print_id'], ['badge_print.tenant_id', 'badge_print.id'], name=op.f('fk_printed_badge_tenant_id_print_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_printed_badge_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_printed_badge')),
    sa.UniqueConstraint('print_id', 'badge_id', name=op.f('uq_printed_badge_print_id_badge_id')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_printed_badge_tenant_id_id'))
    )
    with op.batch_alter_table('printed_badge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_printed_badge_tenant_id_badge_id'), ['tenant_id', 'badge_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_printed_badge_tenant_id_print_id'), ['tenant_id', 'print_id'], unique=False)

    op.create_table('scan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('client_id', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('session_id', sa.Uuid(), nullable=True),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('device_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('direction', sa.String(length=40), nullable=False),
    sa.Column('way', sa.String(length=40), nullable=False),
    sa.Column('desk', sa.String(), nullable=False),
    sa.Column('problem', sa.String(length=40), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("way <> 'staff' OR reason <> ''", name=op.f('ck_scan_staff_says_why')),
    sa.CheckConstraint('person_id IS NOT NULL OR problem IS NOT NULL', name=op.f('ck_scan_someone_or_problem')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_scan_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_scan_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'session_id'], ['session.tenant_id', 'session.id'], name=op.f('fk_scan_tenant_id_session_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_scan_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan')),
    sa.UniqueConstraint('institute_id', 'client_id', name='uq_scan_institute_id_client_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_scan_tenant_id_id'))
    )
    with op.batch_alter_table('scan', schema=None) as batch_op:
        batch_op.create_index('ix_scan_day', ['tenant_id', 'institute_id', 'session_id', 'on', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_tenant_id_person_id'), ['tenant_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_tenant_id_session_id'), ['tenant_id', 'session_id'], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('scan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scan_tenant_id_session_id'))
        batch_op.drop_index(batch_op.f('ix_scan_tenant_id_person_id'))
        batch_op.drop_index('ix_scan_day')

    op.drop_table('scan')
    with op.batch_alter_table('printed_badge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_printed_badge_tenant_id_print_id'))
        batch_op.drop_index(batch_op.f('ix_printed_badge_tenant_id_badge_id'))

    op.drop_table('printed_badge')
    with op.batch_alter_table('strike', schema=None) as batch_op:
        batch_op.drop_index('ix_strike_strikes')

    op.drop_table('strike')
    with op.batch_alter_table('kiosk', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kiosk_tenant_id_institute_id'))

    op.drop_table('kiosk')
    with op.batch_alter_table('check_in_settings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_check_in_settings_tenant_id_institute_id'))

    op.drop_table('check_in_settings')
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_check_in_tenant_id_person_id'))
        batch_op.drop_index('ix_check_in_changed')

    op.drop_table('check_in')
    with op.batch_alter_table('badge_print', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_badge_print_tenant_id_institute_id'))

    op.drop_table('badge_print')
