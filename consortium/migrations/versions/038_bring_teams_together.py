"""bring teams together"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '038'
down_revision = '037'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('grouping',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('mends_id', sa.Uuid(), nullable=True),
    sa.Column('mended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('smallest', sa.Integer(), nullable=False),
    sa.Column('largest', sa.Integer(), nullable=False),
    sa.Column('other_state', sa.Boolean(), nullable=False),
    sa.Column('figures', JSON, nullable=False),
    sa.Column('left_out', JSON, nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('smallest > 1 AND smallest <= largest', name=op.f('ck_grouping_sizes')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_grouping_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'mends_id'], ['grouping.tenant_id', 'grouping.id'], name=op.f('fk_grouping_tenant_id_mends_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_grouping_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grouping')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_grouping_tenant_id_id'))
    )
    with op.batch_alter_table('grouping', schema=None) as batch_op:
        batch_op.create_index('ix_grouping_institute', ['tenant_id', 'institute_id', 'kind', 'made_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_grouping_tenant_id_mends_id'), ['tenant_id', 'mends_id'], unique=False)
        batch_op.create_index('uq_grouping_one_draft_per_institute_and_kind', ['institute_id', 'kind'], unique=True, postgresql_where=sa.text('published_at IS NULL'), sqlite_where=sa.text('published_at IS NULL'))

    op.create_table('team_group',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('grouping_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('theme', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'grouping_id'], ['grouping.tenant_id', 'grouping.id'], name=op.f('fk_team_group_tenant_id_grouping_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_team_group_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_group')),
    sa.UniqueConstraint('grouping_id', 'position', name=op.f('uq_team_group_grouping_id_position')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_team_group_tenant_id_id'))
    )
    with op.batch_alter_table('team_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_group_tenant_id_grouping_id'), ['tenant_id', 'grouping_id'], unique=False)

    op.create_table('team_wish',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('first_id', sa.Uuid(), nullable=False),
    sa.Column('second_id', sa.Uuid(), nullable=False),
    sa.Column('apart', sa.Boolean(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_team_wish_first_before_second')),
    sa.ForeignKeyConstraint(['tenant_id', 'first_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_team_wish_tenant_id_first_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_team_wish_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'second_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_team_wish_tenant_id_second_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_team_wish_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_wish')),
    sa.UniqueConstraint('institute_id', 'kind', 'first_id', 'second_id', name='uq_team_wish_institute_id_kind_first_id_second_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_team_wish_tenant_id_id'))
    )
    with op.batch_alter_table('team_wish', schema=None) as batch_op:
        batch_op.create_index('ix_team_wish_first', ['tenant_id', 'first_id'], unique=False)
        batch_op.create_index('ix_team_wish_second', ['tenant_id', 'second_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_team_wish_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)

    op.create_table('grouped_team',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('grouping_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('kept', sa.Boolean(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'group_id'], ['team_group.tenant_id', 'team_group.id'], name=op.f('fk_grouped_team_tenant_id_group_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'grouping_id'], ['grouping.tenant_id', 'grouping.id'], name=op.f('fk_grouped_team_tenant_id_grouping_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'team_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_grouped_team_tenant_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_grouped_team_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grouped_team')),
    sa.UniqueConstraint('grouping_id', 'team_id', name='uq_grouped_team_grouping_id_team_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_grouped_team_tenant_id_id'))
    )
    with op.batch_alter_table('grouped_team', schema=None) as batch_op:
        batch_op.create_index('ix_grouped_team_group', ['tenant_id', 'group_id'], unique=False)
        batch_op.create_index('ix_grouped_team_team', ['tenant_id', 'team_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_grouped_team_tenant_id_grouping_id'), ['tenant_id', 'grouping_id'], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for table in ("grouped_team", "grouping", "team_group", "team_wish"):
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('grouped_team', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_grouped_team_tenant_id_grouping_id'))
        batch_op.drop_index('ix_grouped_team_team')
        batch_op.drop_index('ix_grouped_team_group')

    op.drop_table('grouped_team')
    with op.batch_alter_table('team_wish', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_team_wish_tenant_id_institute_id'))
        batch_op.drop_index('ix_team_wish_second')
        batch_op.drop_index('ix_team_wish_first')

    op.drop_table('team_wish')
    with op.batch_alter_table('team_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_team_group_tenant_id_grouping_id'))

    op.drop_table('team_group')
    with op.batch_alter_table('grouping', schema=None) as batch_op:
        batch_op.drop_index('uq_grouping_one_draft_per_institute_and_kind', postgresql_where=sa.text('published_at IS NULL'), sqlite_where=sa.text('published_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_grouping_tenant_id_mends_id'))
        batch_op.drop_index('ix_grouping_institute')

    op.drop_table('grouping')
