"""news of places"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '032'
down_revision = '031'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('place_news',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('seat_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('news', sa.String(), nullable=False),
    sa.Column('more', JSON, nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'seat_id'], ['seat.tenant_id', 'seat.id'], name=op.f('fk_place_news_tenant_id_seat_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'session_id'], ['session.tenant_id', 'session.id'], name=op.f('fk_place_news_tenant_id_session_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_place_news_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_news')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_place_news_tenant_id_id'))
    )
    with op.batch_alter_table('place_news', schema=None) as batch_op:
        batch_op.create_index('ix_place_news_seat', ['tenant_id', 'seat_id', 'since'], unique=False)
        batch_op.create_index(batch_op.f('ix_place_news_tenant_id_session_id'), ['tenant_id', 'session_id'], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        wall_in(op, "place_news")


def downgrade() -> None:
    with op.batch_alter_table('place_news', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_place_news_tenant_id_session_id'))
        batch_op.drop_index('ix_place_news_seat')

    op.drop_table('place_news')
