"""peers"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '005'
down_revision = '004'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


OWNED_BY_A_TENANT = ("disclosure", "match_run", "peer_match",)


def upgrade() -> None:
    op.create_table('disclosure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('of_person_id', sa.Uuid(), nullable=False),
    sa.Column('to_person_id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('fields', JSON, nullable=False),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'of_person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_disclosure_tenant_id_of_person_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'to_person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_disclosure_tenant_id_to_person_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_disclosure_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_disclosure_tenant_id_id'))
    )
    with op.batch_alter_table('disclosure', schema=None) as batch_op:
        batch_op.create_index('ix_disclosure_of', ['tenant_id', 'of_person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_disclosure_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('match_run',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('ran_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ran_by', sa.String(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('each', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('left_out', JSON, nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_match_run_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_match_run_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match_run')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_match_run_tenant_id_id'))
    )
    with op.batch_alter_table('match_run', schema=None) as batch_op:
        batch_op.create_index('ix_match_run_institute', ['institute_id', 'ran_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_match_run_tenant_id'), ['tenant_id'], unique=False)
        batch_op.create_index('uq_match_run_one_draft_per_institute', ['institute_id'], unique=True, postgresql_where=sa.text('published_at IS NULL'), sqlite_where=sa.text('published_at IS NULL'))

    op.create_table('peer_match',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('first_id', sa.Uuid(), nullable=False),
    sa.Column('second_id', sa.Uuid(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('reasons', JSON, nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_peer_match_first_before_second')),
    sa.ForeignKeyConstraint(['tenant_id', 'first_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_peer_match_tenant_id_first_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'run_id'], ['match_run.tenant_id', 'match_run.id'], name=op.f('fk_peer_match_tenant_id_run_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'second_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_peer_match_tenant_id_second_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_peer_match_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_peer_match')),
    sa.UniqueConstraint('run_id', 'first_id', 'second_id', name='uq_peer_match_run_id_first_id_second_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_peer_match_tenant_id_id'))
    )
    with op.batch_alter_table('peer_match', schema=None) as batch_op:
        batch_op.create_index('ix_peer_match_first', ['tenant_id', 'first_id'], unique=False)
        batch_op.create_index('ix_peer_match_second', ['tenant_id', 'second_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_peer_match_tenant_id'), ['tenant_id'], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('peer_match', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_peer_match_tenant_id'))
        batch_op.drop_index('ix_peer_match_second')
        batch_op.drop_index('ix_peer_match_first')

    op.drop_table('peer_match')
    with op.batch_alter_table('match_run', schema=None) as batch_op:
        batch_op.drop_index('uq_match_run_one_draft_per_institute', postgresql_where=sa.text('published_at IS NULL'), sqlite_where=sa.text('published_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_match_run_tenant_id'))
        batch_op.drop_index('ix_match_run_institute')

    op.drop_table('match_run')
    with op.batch_alter_table('disclosure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_disclosure_tenant_id'))
        batch_op.drop_index('ix_disclosure_of')

    op.drop_table('disclosure')
