"""leads, badges and waits"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '009'
down_revision = '008'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


OWNED_BY_A_TENANT = ("strand", "lead_invitation", "joint_act", "substitution_request", "badge", "place_wait",)


def upgrade() -> None:
    op.create_table('strand',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_strand_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_strand_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_strand')),
    sa.UniqueConstraint('institute_id', 'code', name=op.f('uq_strand_institute_id_code')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_strand_tenant_id_id'))
    )
    with op.batch_alter_table('strand', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_strand_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('lead_invitation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('replaces_lead_id', sa.Uuid(), nullable=True),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('invited_by', sa.String(), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undelivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted', sa.Boolean(), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'team_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_lead_invitation_tenant_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_lead_invitation_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead_invitation')),
    sa.UniqueConstraint('digest', name='uq_lead_invitation_digest'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_lead_invitation_tenant_id_id'))
    )
    with op.batch_alter_table('lead_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lead_invitation_tenant_id'), ['tenant_id'], unique=False)
        batch_op.create_index('uq_lead_invitation_one_open_per_side', ['team_id', 'side'], unique=True, postgresql_where=sa.text('answered_at IS NULL'), sqlite_where=sa.text('answered_at IS NULL'))

    op.create_table('joint_act',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('payload', JSON, nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('asked_side', sa.String(length=40), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('answered_by', sa.String(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'team_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_joint_act_tenant_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_joint_act_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_joint_act')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_joint_act_tenant_id_id'))
    )
    with op.batch_alter_table('joint_act', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_joint_act_tenant_id'), ['tenant_id'], unique=False)
        batch_op.create_index('uq_joint_act_one_open', ['team_id', 'act', 'subject'], unique=True, postgresql_where=sa.text("status = 'open'"), sqlite_where=sa.text("status = 'open'"))

    op.create_table('substitution_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('seat_id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('role_codes', JSON, nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'seat_id'], ['seat.tenant_id', 'seat.id'], name=op.f('fk_substitution_request_tenant_id_seat_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_substitution_request_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_substitution_request')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_substitution_request_tenant_id_id'))
    )
    with op.batch_alter_table('substitution_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_substitution_request_tenant_id'), ['tenant_id'], unique=False)
        batch_op.create_index('uq_substitution_request_one_open_per_seat', ['seat_id'], unique=True, postgresql_where=sa.text("status = 'open'"), sqlite_where=sa.text("status = 'open'"))

    op.create_table('badge',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_badge_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_badge_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_badge_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badge')),
    sa.UniqueConstraint('code', name='uq_badge_code'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_badge_tenant_id_id'))
    )
    with op.batch_alter_table('badge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_badge_tenant_id'), ['tenant_id'], unique=False)
        batch_op.create_index('uq_badge_one_live_per_person', ['institute_id', 'person_id'], unique=True, postgresql_where=sa.text('voided_at IS NULL'), sqlite_where=sa.text('voided_at IS NULL'))

    op.create_table('place_wait',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('seat_id', sa.Uuid(), nullable=False),
    sa.Column('pool_code', sa.String(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'seat_id'], ['seat.tenant_id', 'seat.id'], name=op.f('fk_place_wait_tenant_id_seat_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_place_wait_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_wait')),
    sa.UniqueConstraint('seat_id', 'pool_code', name='uq_place_wait_one_per_seat'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_place_wait_tenant_id_id'))
    )
    with op.batch_alter_table('place_wait', schema=None) as batch_op:
        batch_op.create_index('ix_place_wait_order', ['institute_id', 'pool_code', 'since', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_place_wait_tenant_id'), ['tenant_id'], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('place_wait', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_place_wait_tenant_id'))
        batch_op.drop_index('ix_place_wait_order')

    op.drop_table('place_wait')

    with op.batch_alter_table('badge', schema=None) as batch_op:
        batch_op.drop_index('uq_badge_one_live_per_person', postgresql_where=sa.text('voided_at IS NULL'), sqlite_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_badge_tenant_id'))

    op.drop_table('badge')

    with op.batch_alter_table('substitution_request', schema=None) as batch_op:
        batch_op.drop_index('uq_substitution_request_one_open_per_seat', postgresql_where=sa.text("status = 'open'"), sqlite_where=sa.text("status = 'open'"))
        batch_op.drop_index(batch_op.f('ix_substitution_request_tenant_id'))

    op.drop_table('substitution_request')

    with op.batch_alter_table('joint_act', schema=None) as batch_op:
        batch_op.drop_index('uq_joint_act_one_open', postgresql_where=sa.text("status = 'open'"), sqlite_where=sa.text("status = 'open'"))
        batch_op.drop_index(batch_op.f('ix_joint_act_tenant_id'))

    op.drop_table('joint_act')

    with op.batch_alter_table('lead_invitation', schema=None) as batch_op:
        batch_op.drop_index('uq_lead_invitation_one_open_per_side', postgresql_where=sa.text('answered_at IS NULL'), sqlite_where=sa.text('answered_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_lead_invitation_tenant_id'))

    op.drop_table('lead_invitation')

    with op.batch_alter_table('strand', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_strand_tenant_id'))

    op.drop_table('strand')
