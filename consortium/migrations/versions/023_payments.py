"""payments, refunds, and what Stripe says"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '023'
down_revision = '022'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OWNED_BY_A_TENANT = (
    "deposit",
    "stripe_event",
    "payment",
    "bank_line",
    "checkout",
    "money_exception",
    "refund",
)


def upgrade() -> None:
    op.create_table('deposit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('total_cents', sa.BigInteger(), nullable=False),
    sa.Column('checks', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('total_cents > 0 AND checks > 0', name=op.f('ck_deposit_something_deposited')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_deposit_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deposit')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_deposit_tenant_id_id'))
    )

    op.create_table('stripe_event',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('intent_id', sa.String(), nullable=True),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stored_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('body', JSON, nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('found_by_sweep', sa.Boolean(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_stripe_event_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stripe_event')),
    sa.UniqueConstraint('tenant_id', 'event_id', name='uq_stripe_event_tenant_id_event_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_stripe_event_tenant_id_id'))
    )
    with op.batch_alter_table('stripe_event', schema=None) as batch_op:
        batch_op.create_index('ix_stripe_event_intent', ['tenant_id', 'intent_id'], unique=False)
        batch_op.create_index('ix_stripe_event_waiting', ['tenant_id', 'applied_at'], unique=False)

    op.create_table('payment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('payer_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('amount_cents', sa.BigInteger(), nullable=False),
    sa.Column('refunded_cents', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('drawer', sa.String(), nullable=False),
    sa.Column('ending', sa.String(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('deposit_id', sa.Uuid(), nullable=True),
    sa.Column('intent_id', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(kind IN ('card', 'bank_account')) = (intent_id IS NOT NULL)", name=op.f('ck_payment_one_intent_each')),
    sa.CheckConstraint("kind <> 'check' OR number <> ''", name=op.f('ck_payment_checks_have_numbers')),
    sa.CheckConstraint('amount_cents > 0', name=op.f('ck_payment_amount_positive')),
    sa.CheckConstraint('refunded_cents >= 0 AND refunded_cents <= amount_cents', name=op.f('ck_payment_refunded_up_to_amount')),
    sa.ForeignKeyConstraint(['tenant_id', 'deposit_id'], ['deposit.tenant_id', 'deposit.id'], name=op.f('fk_payment_tenant_id_deposit_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'payer_id'], ['payer.tenant_id', 'payer.id'], name=op.f('fk_payment_tenant_id_payer_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_payment_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_payment_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'intent_id', name='uq_payment_tenant_id_intent_id')
    )
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.create_index('ix_payment_number', ['tenant_id', 'kind', 'number'], unique=False)
        batch_op.create_index('ix_payment_status', ['tenant_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_tenant_id_deposit_id'), ['tenant_id', 'deposit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_tenant_id_payer_id'), ['tenant_id', 'payer_id'], unique=False)

    op.create_table('bank_line',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('cents', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('payment_id', sa.Uuid(), nullable=True),
    sa.Column('deposit_id', sa.Uuid(), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_as', sa.String(length=40), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('(settled_at IS NULL) = (settled_as IS NULL)', name=op.f('ck_bank_line_settled_somehow')),
    sa.CheckConstraint('cents <> 0', name=op.f('ck_bank_line_something_moved')),
    sa.ForeignKeyConstraint(['tenant_id', 'deposit_id'], ['deposit.tenant_id', 'deposit.id'], name=op.f('fk_bank_line_tenant_id_deposit_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'payment_id'], ['payment.tenant_id', 'payment.id'], name=op.f('fk_bank_line_tenant_id_payment_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_bank_line_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_line')),
    sa.UniqueConstraint('tenant_id', 'deposit_id', name='uq_bank_line_deposit'),
    sa.UniqueConstraint('tenant_id', 'digest', name='uq_bank_line_digest'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_bank_line_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'payment_id', 'settled_as', name='uq_bank_line_payment')
    )
    with op.batch_alter_table('bank_line', schema=None) as batch_op:
        batch_op.create_index('ix_bank_line_settled', ['tenant_id', 'settled_at'], unique=False)

    op.create_table('checkout',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('invoice_id', sa.Uuid(), nullable=False),
    sa.Column('cents', sa.BigInteger(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('session_id', sa.String(), nullable=True),
    sa.Column('intent_id', sa.String(), nullable=True),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('cents > 0', name=op.f('ck_checkout_cents_positive')),
    sa.ForeignKeyConstraint(['tenant_id', 'invoice_id'], ['invoice.tenant_id', 'invoice.id'], name=op.f('fk_checkout_tenant_id_invoice_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_checkout_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checkout')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_checkout_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'session_id', name=op.f('uq_checkout_tenant_id_session_id'))
    )
    with op.batch_alter_table('checkout', schema=None) as batch_op:
        batch_op.create_index('ix_checkout_intent', ['tenant_id', 'intent_id'], unique=False)
        batch_op.create_index('ix_checkout_status', ['tenant_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_checkout_tenant_id_invoice_id'), ['tenant_id', 'invoice_id'], unique=False)

    op.create_table('money_exception',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('cents', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('payment_id', sa.Uuid(), nullable=True),
    sa.Column('invoice_id', sa.Uuid(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resolved_by', sa.String(), nullable=False),
    sa.Column('resolution', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(resolved_at IS NULL) = (resolved_by = '')", name=op.f('ck_money_exception_resolved_by_someone')),
    sa.ForeignKeyConstraint(['tenant_id', 'invoice_id'], ['invoice.tenant_id', 'invoice.id'], name=op.f('fk_money_exception_tenant_id_invoice_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'payment_id'], ['payment.tenant_id', 'payment.id'], name=op.f('fk_money_exception_tenant_id_payment_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_money_exception_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_money_exception')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_money_exception_tenant_id_id'))
    )
    with op.batch_alter_table('money_exception', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_money_exception_tenant_id_invoice_id'), ['tenant_id', 'invoice_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_money_exception_tenant_id_payment_id'), ['tenant_id', 'payment_id'], unique=False)
        batch_op.create_index('uq_money_exception_one_open', ['tenant_id', 'kind', 'about'], unique=True, postgresql_where=sa.text('resolved_at IS NULL'), sqlite_where=sa.text('resolved_at IS NULL'))

    op.create_table('refund',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('payment_id', sa.Uuid(), nullable=False),
    sa.Column('invoice_id', sa.Uuid(), nullable=True),
    sa.Column('cents', sa.BigInteger(), nullable=False),
    sa.Column('way', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('check_number', sa.String(), nullable=False),
    sa.Column('supplier_id', sa.String(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("way <> 'check' OR status <> 'paid' OR check_number <> ''", name=op.f('ck_refund_checks_have_numbers')),
    sa.CheckConstraint('cents > 0', name=op.f('ck_refund_cents_positive')),
    sa.ForeignKeyConstraint(['tenant_id', 'invoice_id'], ['invoice.tenant_id', 'invoice.id'], name=op.f('fk_refund_tenant_id_invoice_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'payment_id'], ['payment.tenant_id', 'payment.id'], name=op.f('fk_refund_tenant_id_payment_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_refund_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refund')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_refund_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'supplier_id', name=op.f('uq_refund_tenant_id_supplier_id'))
    )
    with op.batch_alter_table('refund', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_refund_tenant_id_invoice_id'), ['tenant_id', 'invoice_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_refund_tenant_id_payment_id'), ['tenant_id', 'payment_id'], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('refund', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_refund_tenant_id_payment_id'))
        batch_op.drop_index(batch_op.f('ix_refund_tenant_id_invoice_id'))
    op.drop_table('refund')

    with op.batch_alter_table('money_exception', schema=None) as batch_op:
        batch_op.drop_index('uq_money_exception_one_open', postgresql_where=sa.text('resolved_at IS NULL'), sqlite_where=sa.text('resolved_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_money_exception_tenant_id_payment_id'))
        batch_op.drop_index(batch_op.f('ix_money_exception_tenant_id_invoice_id'))
    op.drop_table('money_exception')

    with op.batch_alter_table('checkout', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_checkout_tenant_id_invoice_id'))
        batch_op.drop_index('ix_checkout_status')
        batch_op.drop_index('ix_checkout_intent')
    op.drop_table('checkout')

    with op.batch_alter_table('bank_line', schema=None) as batch_op:
        batch_op.drop_index('ix_bank_line_settled')
    op.drop_table('bank_line')

    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_tenant_id_payer_id'))
        batch_op.drop_index(batch_op.f('ix_payment_tenant_id_deposit_id'))
        batch_op.drop_index('ix_payment_status')
        batch_op.drop_index('ix_payment_number')
    op.drop_table('payment')

    with op.batch_alter_table('stripe_event', schema=None) as batch_op:
        batch_op.drop_index('ix_stripe_event_waiting')
        batch_op.drop_index('ix_stripe_event_intent')
    op.drop_table('stripe_event')

    op.drop_table('deposit')
