"""institutes and sessions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '003'
down_revision = '002'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


OWNED_BY_A_TENANT = ("day", "deadline", "host", "institute", "pool", "role_requirement", "session",)


def upgrade() -> None:
    op.create_table('institute',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('time_zone', sa.String(), nullable=False),
    sa.Column('venue', sa.String(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('registrant', sa.String(), nullable=False),
    sa.Column('gate', sa.String(), nullable=False),
    sa.Column('min_people', sa.Integer(), nullable=False),
    sa.Column('max_people', sa.Integer(), nullable=True),
    sa.Column('home_states', JSON, nullable=False),
    sa.Column('every_state', sa.Boolean(), nullable=False),
    sa.Column('excluded_states', JSON, nullable=False),
    sa.Column('guest_states', JSON, nullable=False),
    sa.Column('guests_by_request', sa.Boolean(), nullable=False),
    sa.Column('others_note', sa.String(), nullable=False),
    sa.Column('unit_types', JSON, nullable=False),
    sa.Column('payment_methods', JSON, nullable=False),
    sa.Column('fees', JSON, nullable=False),
    sa.Column('waitlist', sa.String(), nullable=False),
    sa.Column('extras', JSON, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('min_people >= 0', name=op.f('ck_institute_min_people_not_negative')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_institute_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_institute')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_institute_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'slug', name='uq_institute_tenant_id_slug')
    )
    with op.batch_alter_table('institute', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_institute_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('day',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('optional', sa.Boolean(), nullable=False),
    sa.Column('audience_flags', JSON, nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_day_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_day_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_day')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_day_tenant_id_id'))
    )
    with op.batch_alter_table('day', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_day_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('deadline',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sa.Time(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_deadline_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_deadline_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline')),
    sa.UniqueConstraint('institute_id', 'code', name=op.f('uq_deadline_institute_id_code')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_deadline_tenant_id_id'))
    )
    with op.batch_alter_table('deadline', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deadline_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('host',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_host_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_host_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_host')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_host_tenant_id_id'))
    )
    with op.batch_alter_table('host', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_host_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('pool',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('taken >= 0 AND taken <= capacity', name=op.f('ck_pool_not_oversold')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_pool_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_pool_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pool')),
    sa.UniqueConstraint('institute_id', 'code', name=op.f('uq_pool_institute_id_code')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_pool_tenant_id_id'))
    )
    with op.batch_alter_table('pool', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pool_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('role_requirement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('strength', sa.String(length=40), nullable=False),
    sa.Column('min', sa.Integer(), nullable=False),
    sa.Column('max', sa.Integer(), nullable=True),
    sa.Column('waiver', sa.String(), nullable=False),
    sa.Column('warning', sa.String(), nullable=False),
    sa.Column('applies_to', JSON, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('"min" >= 0 AND ("max" IS NULL OR "max" >= "min")', name=op.f('ck_role_requirement_min_to_max')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_role_requirement_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_role_requirement_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_requirement')),
    sa.UniqueConstraint('institute_id', 'code', name=op.f('uq_role_requirement_institute_id_code')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_role_requirement_tenant_id_id'))
    )
    with op.batch_alter_table('role_requirement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_requirement_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('session',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('uid', sa.String(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('meeting', sa.Boolean(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('time_zone', sa.String(), nullable=False),
    sa.Column('starts', sa.DateTime(), nullable=True),
    sa.Column('ends', sa.DateTime(), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('room', sa.String(), nullable=False),
    sa.Column('mode', sa.String(), nullable=False),
    sa.Column('online_link', sa.String(), nullable=False),
    sa.Column('homework', sa.String(), nullable=False),
    sa.Column('audience_roles', JSON, nullable=False),
    sa.Column('audience_flags', JSON, nullable=False),
    sa.Column('cohort', sa.String(), nullable=False),
    sa.Column('choice_group', sa.String(), nullable=False),
    sa.Column('pick', sa.Integer(), nullable=False),
    sa.Column('same_content', sa.String(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('extras', JSON, nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('ends IS NULL OR ends > starts', name=op.f('ck_session_ends_after_start')),
    sa.CheckConstraint('taken >= 0 AND (capacity IS NULL OR taken <= capacity)', name=op.f('ck_session_places_not_oversold')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_session_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_session_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session')),
    sa.UniqueConstraint('institute_id', 'code', name='uq_session_institute_id_code'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_session_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'uid', name=op.f('uq_session_tenant_id_uid'))
    )
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.create_index('ix_session_institute_starts', ['institute_id', 'starts'], unique=False)
        batch_op.create_index(batch_op.f('ix_session_tenant_id'), ['tenant_id'], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_tenant_id'))
        batch_op.drop_index('ix_session_institute_starts')

    op.drop_table('session')
    with op.batch_alter_table('role_requirement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_requirement_tenant_id'))

    op.drop_table('role_requirement')
    with op.batch_alter_table('pool', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pool_tenant_id'))

    op.drop_table('pool')
    with op.batch_alter_table('host', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_host_tenant_id'))

    op.drop_table('host')
    with op.batch_alter_table('deadline', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deadline_tenant_id'))

    op.drop_table('deadline')
    with op.batch_alter_table('day', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_day_tenant_id'))

    op.drop_table('day')
    with op.batch_alter_table('institute', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_institute_tenant_id'))

    op.drop_table('institute')
