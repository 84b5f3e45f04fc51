"""materials"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '028'
down_revision = '027'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OWNED_BY_A_TENANT = (
    "material",
    "material_version",
)


def upgrade() -> None:
    op.create_table('material',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=True),
    sa.Column('on', sa.Date(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('link', sa.String(), nullable=False),
    sa.Column('shown_number', sa.Integer(), nullable=False),
    sa.Column('audience', sa.String(length=40), nullable=False),
    sa.Column('after_session', sa.Boolean(), nullable=False),
    sa.Column('available_from', sa.DateTime(), nullable=True),
    sa.Column('available_until', sa.DateTime(), nullable=True),
    sa.Column('from_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('until_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('downloads', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('put_by', sa.String(), nullable=False),
    sa.Column('put_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(shown_number = 0) = (link <> '')", name=op.f('ck_material_file_or_link')),
    sa.CheckConstraint("session_id IS NOT NULL OR (audience <> 'agenda' AND NOT after_session)", name=op.f('ck_material_of_a_session')),
    sa.CheckConstraint('downloads >= 0', name=op.f('ck_material_downloads_not_negative')),
    sa.CheckConstraint('session_id IS NULL OR "on" IS NULL', name=op.f('ck_material_of_one_thing')),
    sa.CheckConstraint('until_at IS NULL OR from_at IS NULL OR until_at > from_at', name=op.f('ck_material_in_time')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_material_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'session_id'], ['session.tenant_id', 'session.id'], name=op.f('fk_material_tenant_id_session_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_material_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_material_tenant_id_id'))
    )
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.create_index('ix_material_order', ['tenant_id', 'institute_id', 'position', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_material_tenant_id_session_id'), ['tenant_id', 'session_id'], unique=False)

    op.create_table('material_version',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('material_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('put_by', sa.String(), nullable=False),
    sa.Column('put_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_material_version_counted_from_one')),
    sa.ForeignKeyConstraint(['tenant_id', 'file_id'], ['stored_file.tenant_id', 'stored_file.id'], name=op.f('fk_material_version_tenant_id_file_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'material_id'], ['material.tenant_id', 'material.id'], name=op.f('fk_material_version_tenant_id_material_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_material_version_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material_version')),
    sa.UniqueConstraint('material_id', 'number', name='uq_material_version_number'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_material_version_tenant_id_id'))
    )
    with op.batch_alter_table('material_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_material_version_tenant_id_file_id'), ['tenant_id', 'file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_material_version_tenant_id_material_id'), ['tenant_id', 'material_id'], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('material_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_material_version_tenant_id_material_id'))
        batch_op.drop_index(batch_op.f('ix_material_version_tenant_id_file_id'))

    op.drop_table('material_version')
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_material_tenant_id_session_id'))
        batch_op.drop_index('ix_material_order')

    op.drop_table('material')
