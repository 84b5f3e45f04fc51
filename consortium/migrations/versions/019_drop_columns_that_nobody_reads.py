"""drop columns that nobody reads"""

import sqlalchemy as sa
from alembic import op

revision = '019'
down_revision = '018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: on SQLite that would make the tables anew without their CHECKs.
    op.drop_column('institute_invitation', 'team_id')
    op.drop_column('stored_file', 'keep_until')


def downgrade() -> None:
    op.add_column('stored_file', sa.Column('keep_until', sa.DateTime(timezone=True)))
    op.add_column('institute_invitation', sa.Column('team_id', sa.Uuid()))
