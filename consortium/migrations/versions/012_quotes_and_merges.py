"""quotes and merges"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '012'
down_revision = '011'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


OWNED_BY_A_TENANT = ("quote_series", "quote", "merge", "not_duplicates",)


def upgrade() -> None:
    op.create_table('quote_series',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_quote_series_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_series')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_quote_series_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'year', name=op.f('uq_quote_series_tenant_id_year'))
    )
    with op.batch_alter_table('quote_series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_series_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('quote',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('lines', JSON, nullable=False),
    sa.Column('total_cents', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('total_cents >= 0', name=op.f('ck_quote_total_not_negative')),
    sa.ForeignKeyConstraint(['tenant_id', 'team_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_quote_tenant_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_quote_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_quote_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'number', name='uq_quote_tenant_id_number')
    )
    with op.batch_alter_table('quote', schema=None) as batch_op:
        batch_op.create_index('ix_quote_team', ['team_id', 'made_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_quote_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('merge',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('kept_id', sa.String(), nullable=False),
    sa.Column('gone_id', sa.String(), nullable=False),
    sa.Column('evidence', JSON, nullable=False),
    sa.Column('moved', JSON, nullable=False),
    sa.Column('merged_by', sa.String(), nullable=False),
    sa.Column('merged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('unmerged_by', sa.String(), nullable=False),
    sa.Column('unmerged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_merge_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merge')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_merge_tenant_id_id'))
    )
    with op.batch_alter_table('merge', schema=None) as batch_op:
        batch_op.create_index('ix_merge_gone', ['kind', 'gone_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_merge_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('not_duplicates',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('one_id', sa.String(), nullable=False),
    sa.Column('other_id', sa.String(), nullable=False),
    sa.Column('said_by', sa.String(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_not_duplicates_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_not_duplicates')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_not_duplicates_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'kind', 'one_id', 'other_id', name='uq_not_duplicates_pair')
    )
    with op.batch_alter_table('not_duplicates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_not_duplicates_tenant_id'), ['tenant_id'], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('not_duplicates', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_not_duplicates_tenant_id'))

    op.drop_table('not_duplicates')

    with op.batch_alter_table('merge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_merge_tenant_id'))
        batch_op.drop_index('ix_merge_gone')

    op.drop_table('merge')

    with op.batch_alter_table('quote', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_tenant_id'))
        batch_op.drop_index('ix_quote_team')

    op.drop_table('quote')

    with op.batch_alter_table('quote_series', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_series_tenant_id'))

    op.drop_table('quote_series')
