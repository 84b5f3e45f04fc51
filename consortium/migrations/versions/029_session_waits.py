"""session waits"""

import sqlalchemy as sa
from alembic import op

from consortium.migrations.walls import wall_in

revision = '029'
down_revision = '028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('session_wait',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('seat_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('instead_of_id', sa.Uuid(), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'seat_id'], ['seat.tenant_id', 'seat.id'], name=op.f('fk_session_wait_tenant_id_seat_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'session_id'], ['session.tenant_id', 'session.id'], name=op.f('fk_session_wait_tenant_id_session_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_session_wait_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_wait')),
    sa.UniqueConstraint('session_id', 'seat_id', name='uq_session_wait_session_id_seat_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_session_wait_tenant_id_id'))
    )
    with op.batch_alter_table('session_wait', schema=None) as batch_op:
        batch_op.create_index('ix_session_wait_order', ['tenant_id', 'session_id', 'since', 'id'], unique=False)
        batch_op.create_index('ix_session_wait_seat', ['tenant_id', 'seat_id'], unique=False)

    with op.batch_alter_table('session_choice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(), nullable=False, server_default=''))

    if op.get_bind().dialect.name == "postgresql":
        wall_in(op, "session_wait")


def downgrade() -> None:
    with op.batch_alter_table('session_choice', schema=None) as batch_op:
        batch_op.drop_column('reason')

    with op.batch_alter_table('session_wait', schema=None) as batch_op:
        batch_op.drop_index('ix_session_wait_seat')
        batch_op.drop_index('ix_session_wait_order')

    op.drop_table('session_wait')
