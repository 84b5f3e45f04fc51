"""bills of teams, and cancelled institutes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '024'
down_revision = '023'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OWNED_BY_A_TENANT = (
    "cancellation",
    "discount_use",
    "bill",
    "bill_extra",
    "bill_share",
)


def upgrade() -> None:
    op.create_table('cancellation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('instead_id', sa.Uuid(), nullable=True),
    sa.Column('survey_url', sa.String(), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_cancellation_reason_given')),
    sa.CheckConstraint('instead_id IS NULL OR instead_id <> institute_id', name=op.f('ck_cancellation_instead_is_another')),
    sa.ForeignKeyConstraint(['tenant_id', 'instead_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_cancellation_tenant_id_instead_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_cancellation_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_cancellation_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cancellation')),
    sa.UniqueConstraint('institute_id', name='uq_cancellation_institute_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_cancellation_tenant_id_id'))
    )
    with op.batch_alter_table('cancellation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cancellation_tenant_id_instead_id'), ['tenant_id', 'instead_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cancellation_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)

    op.create_table('discount_use',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('taken >= 0', name=op.f('ck_discount_use_taken_not_negative')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_discount_use_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_discount_use_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_discount_use')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_discount_use_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'institute_id', 'code', name='uq_discount_use_tenant_id_institute_id_code')
    )

    op.create_table('bill',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('rated_on', sa.Date(), nullable=False),
    sa.Column('affiliations', JSON, nullable=False),
    sa.Column('fees', JSON, nullable=False),
    sa.Column('refund_terms', JSON, nullable=False),
    sa.Column('discount_code', sa.String(), nullable=False),
    sa.Column('lines', JSON, nullable=False),
    sa.Column('notes', JSON, nullable=False),
    sa.Column('fees_cents', sa.BigInteger(), nullable=False),
    sa.Column('seats', JSON, nullable=False),
    sa.Column('total_cents', sa.BigInteger(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('total_cents >= 0', name=op.f('ck_bill_total_not_negative')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_bill_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'team_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_bill_tenant_id_team_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_bill_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bill')),
    sa.UniqueConstraint('tenant_id', 'about', name='uq_bill_tenant_id_about'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_bill_tenant_id_id'))
    )
    with op.batch_alter_table('bill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bill_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bill_tenant_id_team_id'), ['tenant_id', 'team_id'], unique=False)

    op.create_table('bill_extra',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('bill_id', sa.Uuid(), nullable=False),
    sa.Column('seat_id', sa.Uuid(), nullable=True),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('cents', sa.BigInteger(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('cents <> 0', name=op.f('ck_bill_extra_cents_something')),
    sa.ForeignKeyConstraint(['tenant_id', 'bill_id'], ['bill.tenant_id', 'bill.id'], name=op.f('fk_bill_extra_tenant_id_bill_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_bill_extra_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bill_extra')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_bill_extra_tenant_id_id'))
    )
    with op.batch_alter_table('bill_extra', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bill_extra_tenant_id_bill_id'), ['tenant_id', 'bill_id'], unique=False)

    op.create_table('bill_share',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('bill_id', sa.Uuid(), nullable=False),
    sa.Column('payer_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('basis', sa.String(length=40), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('roles', JSON, nullable=False),
    sa.Column('cents', sa.BigInteger(), nullable=False),
    sa.Column('method', sa.String(length=40), nullable=True),
    sa.Column('invoice_id', sa.Uuid(), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_by', sa.String(), nullable=False),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decline_reason', sa.String(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('value >= 0 AND cents >= 0', name=op.f('ck_bill_share_not_negative')),
    sa.ForeignKeyConstraint(['tenant_id', 'bill_id'], ['bill.tenant_id', 'bill.id'], name=op.f('fk_bill_share_tenant_id_bill_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'invoice_id'], ['invoice.tenant_id', 'invoice.id'], name=op.f('fk_bill_share_tenant_id_invoice_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'payer_id'], ['payer.tenant_id', 'payer.id'], name=op.f('fk_bill_share_tenant_id_payer_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_bill_share_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bill_share')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_bill_share_tenant_id_id'))
    )
    with op.batch_alter_table('bill_share', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bill_share_tenant_id_bill_id'), ['tenant_id', 'bill_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bill_share_tenant_id_invoice_id'), ['tenant_id', 'invoice_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bill_share_tenant_id_payer_id'), ['tenant_id', 'payer_id'], unique=False)
        batch_op.create_index('uq_bill_share_one_live', ['tenant_id', 'bill_id', 'payer_id'], unique=True, postgresql_where=sa.text('ended_at IS NULL'), sqlite_where=sa.text('ended_at IS NULL'))

    op.add_column('institute', sa.Column('payment_terms', JSON, nullable=False, server_default='{}'))

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('bill_share', schema=None) as batch_op:
        batch_op.drop_index('uq_bill_share_one_live', postgresql_where=sa.text('ended_at IS NULL'), sqlite_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_bill_share_tenant_id_payer_id'))
        batch_op.drop_index(batch_op.f('ix_bill_share_tenant_id_invoice_id'))
        batch_op.drop_index(batch_op.f('ix_bill_share_tenant_id_bill_id'))
    op.drop_table('bill_share')

    with op.batch_alter_table('bill_extra', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bill_extra_tenant_id_bill_id'))
    op.drop_table('bill_extra')

    with op.batch_alter_table('bill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bill_tenant_id_team_id'))
        batch_op.drop_index(batch_op.f('ix_bill_tenant_id_institute_id'))
    op.drop_table('bill')

    op.drop_table('discount_use')

    with op.batch_alter_table('cancellation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cancellation_tenant_id_institute_id'))
        batch_op.drop_index(batch_op.f('ix_cancellation_tenant_id_instead_id'))
    op.drop_table('cancellation')

    op.drop_column('institute', 'payment_terms')
