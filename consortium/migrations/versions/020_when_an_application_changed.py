"""when an application changed"""

import sqlalchemy as sa
from alembic import op

revision = '020'
down_revision = '019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('application', sa.Column('changed_at', sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column('application', 'changed_at')
