"""applications and invitations"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '011'
down_revision = '010'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


OWNED_BY_A_TENANT = ("application", "pledge", "institute_invitation",)


def upgrade() -> None:
    op.create_table('application',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('lea_id', sa.String(), nullable=False),
    sa.Column('site', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('applicant_id', sa.Uuid(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('seats_wanted', sa.Integer(), nullable=False),
    sa.Column('statement', sa.String(), nullable=False),
    sa.Column('goals', JSON, nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('proposed', sa.String(length=40), nullable=True),
    sa.Column('stratum', sa.String(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('reasons', JSON, nullable=False),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('letter_sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['lea_id'], ['lea.id'], name=op.f('fk_application_lea_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'applicant_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_application_tenant_id_applicant_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_application_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_application_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_application_tenant_id_id'))
    )
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.create_index('ix_application_status', ['institute_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_application_tenant_id'), ['tenant_id'], unique=False)
        batch_op.create_index('uq_application_one_live_per_lea', ['institute_id', 'lea_id', 'site'], unique=True, postgresql_where=sa.text("status <> 'withdrawn'"), sqlite_where=sa.text("status <> 'withdrawn'"))

    op.create_table('pledge',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('role_code', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undelivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_as', sa.String(), nullable=False),
    sa.Column('wording', sa.String(), nullable=False),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decline_reason', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'application_id'], ['application.tenant_id', 'application.id'], name=op.f('fk_pledge_tenant_id_application_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_pledge_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledge')),
    sa.UniqueConstraint('application_id', 'role_code', name='uq_pledge_application_id_role_code'),
    sa.UniqueConstraint('digest', name='uq_pledge_digest'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_pledge_tenant_id_id'))
    )
    with op.batch_alter_table('pledge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pledge_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('institute_invitation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('lea_id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('invited_by', sa.String(), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undelivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['lea_id'], ['lea.id'], name=op.f('fk_institute_invitation_lea_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_institute_invitation_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_institute_invitation_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_institute_invitation')),
    sa.UniqueConstraint('digest', name='uq_institute_invitation_digest'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_institute_invitation_tenant_id_id'))
    )
    with op.batch_alter_table('institute_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_institute_invitation_tenant_id'), ['tenant_id'], unique=False)
        batch_op.create_index('uq_institute_invitation_one_live_per_lea', ['institute_id', 'lea_id'], unique=True, postgresql_where=sa.text('taken_back_at IS NULL'), sqlite_where=sa.text('taken_back_at IS NULL'))

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('institute_invitation', schema=None) as batch_op:
        batch_op.drop_index('uq_institute_invitation_one_live_per_lea', postgresql_where=sa.text('taken_back_at IS NULL'), sqlite_where=sa.text('taken_back_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_institute_invitation_tenant_id'))

    op.drop_table('institute_invitation')

    with op.batch_alter_table('pledge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pledge_tenant_id'))

    op.drop_table('pledge')

    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.drop_index('uq_application_one_live_per_lea', postgresql_where=sa.text("status <> 'withdrawn'"), sqlite_where=sa.text("status <> 'withdrawn'"))
        batch_op.drop_index(batch_op.f('ix_application_tenant_id'))
        batch_op.drop_index('ix_application_status')

    op.drop_table('application')
