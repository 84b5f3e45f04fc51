"""late applications"""

import sqlalchemy as sa
from alembic import op

revision = '018'
down_revision = '017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.add_column(sa.Column('late_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('late_reason', sa.String(), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.drop_column('late_reason')
        batch_op.drop_column('late_until')
