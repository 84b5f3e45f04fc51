"""digests of what calendars were told"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '035'
down_revision = '034'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table('calendar_invitation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('digest', sa.String(), nullable=False, server_default=''))



def downgrade() -> None:
    with op.batch_alter_table('calendar_invitation', schema=None) as batch_op:
        batch_op.drop_column('digest')

