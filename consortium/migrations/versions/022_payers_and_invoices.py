"""payers and invoices"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.guards import keep_papers, lose_paper_guards
from consortium.migrations.walls import wall_in

revision = '022'
down_revision = '021'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OWNED_BY_A_TENANT = (
    "payer",
    "invoice",
    "document",
    "invoice_reminder",
    "purchase_order",
)


def upgrade() -> None:
    op.create_table('payer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('lea_id', sa.String(), nullable=True),
    sa.Column('contact_name', sa.String(), nullable=False),
    sa.Column('contact_email', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('grant_number', sa.String(), nullable=False),
    sa.Column('tax_exempt', sa.String(), nullable=False),
    sa.Column('tax_exempt_file_id', sa.Uuid(), nullable=True),
    sa.Column('reminders_paused', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['lea_id'], ['lea.id'], name=op.f('fk_payer_lea_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'tax_exempt_file_id'], ['stored_file.tenant_id', 'stored_file.id'], name=op.f('fk_payer_tenant_id_tax_exempt_file_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_payer_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payer')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_payer_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'kind', 'name', 'contact_email', name='uq_payer_same')
    )
    with op.batch_alter_table('payer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payer_tenant_id_lea_id'), ['tenant_id', 'lea_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payer_tenant_id_tax_exempt_file_id'), ['tenant_id', 'tax_exempt_file_id'], unique=False)

    op.create_table('invoice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('payer_id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=True),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('total_cents', sa.BigInteger(), nullable=False),
    sa.Column('credited_cents', sa.BigInteger(), nullable=False),
    sa.Column('conceded_cents', sa.BigInteger(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('link_version', sa.Integer(), nullable=False),
    sa.Column('reminders_paused_until', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('revision >= 1', name=op.f('ck_invoice_revisions_from_one')),
    sa.CheckConstraint('total_cents >= 0 AND credited_cents >= 0 AND conceded_cents >= 0', name=op.f('ck_invoice_cents_not_negative')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_invoice_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'payer_id'], ['payer.tenant_id', 'payer.id'], name=op.f('fk_invoice_tenant_id_payer_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_invoice_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice')),
    sa.UniqueConstraint('tenant_id', 'fiscal_year', 'serial', name='uq_invoice_tenant_id_fiscal_year_serial'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_invoice_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_invoice_tenant_id_number'))
    )
    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.create_index('ix_invoice_about', ['tenant_id', 'about'], unique=False)
        batch_op.create_index(batch_op.f('ix_invoice_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invoice_tenant_id_payer_id'), ['tenant_id', 'payer_id'], unique=False)

    op.create_table('document',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('series', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('invoice_id', sa.Uuid(), nullable=True),
    sa.Column('payer_id', sa.Uuid(), nullable=True),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('total_cents', sa.BigInteger(), nullable=False),
    sa.Column('paper', JSON, nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('revision >= 1', name=op.f('ck_document_revisions_from_one')),
    sa.CheckConstraint('total_cents >= 0', name=op.f('ck_document_total_not_negative')),
    sa.ForeignKeyConstraint(['tenant_id', 'invoice_id'], ['invoice.tenant_id', 'invoice.id'], name=op.f('fk_document_tenant_id_invoice_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'payer_id'], ['payer.tenant_id', 'payer.id'], name=op.f('fk_document_tenant_id_payer_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_document_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_document_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'series', 'number', 'revision', name='uq_document_tenant_id_series_number_revision')
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index('ix_document_about', ['tenant_id', 'about'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_tenant_id_invoice_id'), ['tenant_id', 'invoice_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_tenant_id_payer_id'), ['tenant_id', 'payer_id'], unique=False)

    op.create_table('invoice_reminder',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('invoice_id', sa.Uuid(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('level BETWEEN 1 AND 3', name=op.f('ck_invoice_reminder_three_levels')),
    sa.ForeignKeyConstraint(['tenant_id', 'invoice_id'], ['invoice.tenant_id', 'invoice.id'], name=op.f('fk_invoice_reminder_tenant_id_invoice_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_invoice_reminder_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice_reminder')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_invoice_reminder_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'invoice_id', 'level', name=op.f('uq_invoice_reminder_tenant_id_invoice_id_level'))
    )

    op.create_table('purchase_order',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('payer_id', sa.Uuid(), nullable=False),
    sa.Column('invoice_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('amount_cents', sa.BigInteger(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('file_id', sa.Uuid(), nullable=True),
    sa.Column('promised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('follows_by', sa.Date(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('promised', 'lapsed') OR (number <> '' AND amount_cents IS NOT NULL)", name=op.f('ck_purchase_order_received_with_number_and_amount')),
    sa.CheckConstraint('amount_cents IS NULL OR amount_cents > 0', name=op.f('ck_purchase_order_amount_positive')),
    sa.ForeignKeyConstraint(['tenant_id', 'file_id'], ['stored_file.tenant_id', 'stored_file.id'], name=op.f('fk_purchase_order_tenant_id_file_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'invoice_id'], ['invoice.tenant_id', 'invoice.id'], name=op.f('fk_purchase_order_tenant_id_invoice_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'payer_id'], ['payer.tenant_id', 'payer.id'], name=op.f('fk_purchase_order_tenant_id_payer_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_purchase_order_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase_order')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_purchase_order_tenant_id_id'))
    )
    with op.batch_alter_table('purchase_order', schema=None) as batch_op:
        batch_op.create_index('ix_purchase_order_number', ['tenant_id', 'number'], unique=False)
        batch_op.create_index(batch_op.f('ix_purchase_order_tenant_id_file_id'), ['tenant_id', 'file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_purchase_order_tenant_id_invoice_id'), ['tenant_id', 'invoice_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_purchase_order_tenant_id_payer_id'), ['tenant_id', 'payer_id'], unique=False)

    keep_papers(op, "document")

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('purchase_order', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_purchase_order_tenant_id_payer_id'))
        batch_op.drop_index(batch_op.f('ix_purchase_order_tenant_id_invoice_id'))
        batch_op.drop_index(batch_op.f('ix_purchase_order_tenant_id_file_id'))
        batch_op.drop_index('ix_purchase_order_number')
    op.drop_table('purchase_order')

    op.drop_table('invoice_reminder')

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_tenant_id_payer_id'))
        batch_op.drop_index(batch_op.f('ix_document_tenant_id_invoice_id'))
        batch_op.drop_index('ix_document_about')
    op.drop_table('document')

    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invoice_tenant_id_payer_id'))
        batch_op.drop_index(batch_op.f('ix_invoice_tenant_id_institute_id'))
        batch_op.drop_index('ix_invoice_about')
    op.drop_table('invoice')

    with op.batch_alter_table('payer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payer_tenant_id_tax_exempt_file_id'))
        batch_op.drop_index(batch_op.f('ix_payer_tenant_id_lea_id'))
    op.drop_table('payer')

    lose_paper_guards(op, "document")
