"""notices until their mail has left"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '034'
down_revision = '033'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table('calendar_notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mail_id', sa.Uuid(), nullable=True))
        batch_op.drop_index(batch_op.f('ix_calendar_notice_due'))
        batch_op.create_index('ix_calendar_notice_due', ['mail_id', 'due_at'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('calendar_notice', schema=None) as batch_op:
        batch_op.drop_index('ix_calendar_notice_due')
        batch_op.create_index(batch_op.f('ix_calendar_notice_due'), ['due_at'], unique=False)
        batch_op.drop_column('mail_id')

