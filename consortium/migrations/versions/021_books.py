"""the books: a journal, its months, and how they are kept"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.guards import keep_journal, lose_journal_guards
from consortium.migrations.walls import wall_in

revision = '021'
down_revision = '020'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OWNED_BY_A_TENANT = (
    "journal_entry",
    "month_closing",
    "number_series",
    "journal_line",
    "money_settings",
)


def upgrade() -> None:
    op.create_table('journal_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('memo', sa.String(), nullable=False),
    sa.Column('line_count', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_journal_entry_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_entry')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_journal_entry_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'source', name='uq_journal_entry_source')
    )
    with op.batch_alter_table('journal_entry', schema=None) as batch_op:
        batch_op.create_index('ix_journal_entry_on', ['tenant_id', 'on'], unique=False)

    op.create_table('month_closing',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('entries', sa.Integer(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_by', sa.String(), nullable=False),
    sa.Column('reopened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reopened_by', sa.String(), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('(reopened_at IS NULL) = (reopened_by IS NULL)', name=op.f('ck_month_closing_reopened_by_someone')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_month_closing_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_month_closing')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_month_closing_tenant_id_id'))
    )
    with op.batch_alter_table('month_closing', schema=None) as batch_op:
        batch_op.create_index('uq_month_closing_until', ['tenant_id', 'until'], unique=True, postgresql_where=sa.text('reopened_at IS NULL'), sqlite_where=sa.text('reopened_at IS NULL'))

    op.create_table('number_series',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('series', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_number_series_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_number_series')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_number_series_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'series', 'year', name='uq_number_series_tenant_id_series_year')
    )

    op.create_table('journal_line',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('account', sa.String(length=40), nullable=False),
    sa.Column('cents', sa.BigInteger(), nullable=False),
    sa.Column('payer_id', sa.Uuid(), nullable=True),
    sa.Column('invoice_id', sa.Uuid(), nullable=True),
    sa.Column('institute_id', sa.Uuid(), nullable=True),
    sa.Column('payment_id', sa.Uuid(), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("account <> 'receivable' OR (payer_id IS NOT NULL AND invoice_id IS NOT NULL)", name=op.f('ck_journal_line_receivable_of_someone')),
    sa.CheckConstraint('cents <> 0 AND abs(cents) <= 1000000000000', name=op.f('ck_journal_line_cents_in_reason')),
    sa.ForeignKeyConstraint(['tenant_id', 'entry_id'], ['journal_entry.tenant_id', 'journal_entry.id'], name=op.f('fk_journal_line_tenant_id_entry_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_journal_line_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_line')),
    sa.UniqueConstraint('tenant_id', 'entry_id', 'position', name=op.f('uq_journal_line_tenant_id_entry_id_position')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_journal_line_tenant_id_id'))
    )
    with op.batch_alter_table('journal_line', schema=None) as batch_op:
        batch_op.create_index('ix_journal_line_institute', ['tenant_id', 'institute_id'], unique=False)
        batch_op.create_index('ix_journal_line_invoice', ['tenant_id', 'account', 'invoice_id'], unique=False)
        batch_op.create_index('ix_journal_line_payer', ['tenant_id', 'account', 'payer_id'], unique=False)
        batch_op.create_index('ix_journal_line_payment', ['tenant_id', 'account', 'payment_id'], unique=False)

    op.create_table('money_settings',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('legal_name', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('tax_id', sa.String(), nullable=False),
    sa.Column('payable_to', sa.String(), nullable=False),
    sa.Column('remit_to', sa.String(), nullable=False),
    sa.Column('fiscal_year_starts', sa.Integer(), nullable=False),
    sa.Column('dunning_days', JSON, nullable=False),
    sa.Column('dunning_paused', sa.Boolean(), nullable=False),
    sa.Column('w9_file_id', sa.Uuid(), nullable=True),
    sa.Column('sealed_card_key', sa.String(), nullable=False),
    sa.Column('sealed_webhook_secret', sa.String(), nullable=False),
    sa.Column('card_key_ends', sa.String(), nullable=False),
    sa.Column('cards_live', sa.Boolean(), nullable=False),
    sa.Column('reconciled_to_cents', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('fiscal_year_starts BETWEEN 1 AND 12', name=op.f('ck_money_settings_month_of_the_year')),
    sa.ForeignKeyConstraint(['tenant_id', 'w9_file_id'], ['stored_file.tenant_id', 'stored_file.id'], name=op.f('fk_money_settings_tenant_id_w9_file_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_money_settings_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_money_settings')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_money_settings_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', name='uq_money_settings_tenant_id')
    )
    with op.batch_alter_table('money_settings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_money_settings_tenant_id_w9_file_id'), ['tenant_id', 'w9_file_id'], unique=False)

    keep_journal(op)

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('money_settings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_money_settings_tenant_id_w9_file_id'))
    op.drop_table('money_settings')

    with op.batch_alter_table('journal_line', schema=None) as batch_op:
        batch_op.drop_index('ix_journal_line_payment')
        batch_op.drop_index('ix_journal_line_payer')
        batch_op.drop_index('ix_journal_line_invoice')
        batch_op.drop_index('ix_journal_line_institute')
    op.drop_table('journal_line')

    op.drop_table('number_series')

    with op.batch_alter_table('month_closing', schema=None) as batch_op:
        batch_op.drop_index('uq_month_closing_until', postgresql_where=sa.text('reopened_at IS NULL'), sqlite_where=sa.text('reopened_at IS NULL'))
    op.drop_table('month_closing')

    with op.batch_alter_table('journal_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_journal_entry_on')
    op.drop_table('journal_entry')

    lose_journal_guards(op)
