"""let people rank sessions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '039'
down_revision = '038'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('places_draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('settings', JSON, nullable=False),
    sa.Column('basis', JSON, nullable=False),
    sa.Column('answers', JSON, nullable=False),
    sa.Column('proven', sa.Boolean(), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_places_draft_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_places_draft_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_places_draft')),
    sa.UniqueConstraint('institute_id', 'number', name=op.f('uq_places_draft_institute_id_number')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_places_draft_tenant_id_id'))
    )
    with op.batch_alter_table('places_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_places_draft_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)

    op.create_table('ranked_round',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('choice_group', sa.String(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('any_free', sa.Boolean(), nullable=False),
    sa.Column('allotted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_ranked_round_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_ranked_round_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ranked_round')),
    sa.UniqueConstraint('institute_id', 'choice_group', name='uq_ranked_round_institute_id_choice_group'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_ranked_round_tenant_id_id'))
    )
    with op.batch_alter_table('ranked_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ranked_round_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)

    op.create_table('ranking',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('seat_id', sa.Uuid(), nullable=False),
    sa.Column('wanted', JSON, nullable=False),
    sa.Column('ranked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'round_id'], ['ranked_round.tenant_id', 'ranked_round.id'], name=op.f('fk_ranking_tenant_id_round_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'seat_id'], ['seat.tenant_id', 'seat.id'], name=op.f('fk_ranking_tenant_id_seat_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_ranking_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ranking')),
    sa.UniqueConstraint('round_id', 'seat_id', name='uq_ranking_round_id_seat_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_ranking_tenant_id_id'))
    )
    with op.batch_alter_table('ranking', schema=None) as batch_op:
        batch_op.create_index('ix_ranking_seat', ['tenant_id', 'seat_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ranking_tenant_id_round_id'), ['tenant_id', 'round_id'], unique=False)

    with op.batch_alter_table('session_choice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('allotted', sa.Boolean(), nullable=False, server_default=sa.false()))

    if op.get_bind().dialect.name == "postgresql":
        for table in ("places_draft", "ranked_round", "ranking"):
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('session_choice', schema=None) as batch_op:
        batch_op.drop_column('allotted')

    with op.batch_alter_table('ranking', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ranking_tenant_id_round_id'))
        batch_op.drop_index('ix_ranking_seat')

    op.drop_table('ranking')
    with op.batch_alter_table('ranked_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ranked_round_tenant_id_institute_id'))

    op.drop_table('ranked_round')
    with op.batch_alter_table('places_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_places_draft_tenant_id_institute_id'))

    op.drop_table('places_draft')
