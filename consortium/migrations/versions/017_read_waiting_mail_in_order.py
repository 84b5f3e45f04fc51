"""read waiting mail in order"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '017'
down_revision = '016'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table('outbox_email', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_email_due'))
        batch_op.drop_index(batch_op.f('ix_outbox_email_to'))
        batch_op.create_index('ix_outbox_email_line', ['to', 'due_at', 'promised_at', 'id'], unique=False, postgresql_where=sa.text('settled_at IS NULL'), sqlite_where=sa.text('settled_at IS NULL'))
        batch_op.create_index('ix_outbox_email_next', ['attempts', 'due_at', 'promised_at'], unique=False, postgresql_where=sa.text('settled_at IS NULL AND lapses_at IS NULL'), sqlite_where=sa.text('settled_at IS NULL AND lapses_at IS NULL'))
        batch_op.create_index('ix_outbox_email_settled', ['settled_at'], unique=False, postgresql_where=sa.text('settled_at IS NOT NULL'), sqlite_where=sa.text('settled_at IS NOT NULL'))
        batch_op.create_index('ix_outbox_email_urgent', ['attempts', 'lapses_at', 'promised_at'], unique=False, postgresql_where=sa.text('settled_at IS NULL AND lapses_at IS NOT NULL'), sqlite_where=sa.text('settled_at IS NULL AND lapses_at IS NOT NULL'))



def downgrade() -> None:
    with op.batch_alter_table('outbox_email', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_email_urgent', postgresql_where=sa.text('settled_at IS NULL AND lapses_at IS NOT NULL'), sqlite_where=sa.text('settled_at IS NULL AND lapses_at IS NOT NULL'))
        batch_op.drop_index('ix_outbox_email_settled', postgresql_where=sa.text('settled_at IS NOT NULL'), sqlite_where=sa.text('settled_at IS NOT NULL'))
        batch_op.drop_index('ix_outbox_email_next', postgresql_where=sa.text('settled_at IS NULL AND lapses_at IS NULL'), sqlite_where=sa.text('settled_at IS NULL AND lapses_at IS NULL'))
        batch_op.drop_index('ix_outbox_email_line', postgresql_where=sa.text('settled_at IS NULL'), sqlite_where=sa.text('settled_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_outbox_email_to'), ['to', 'settled_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_email_due'), ['settled_at', 'due_at'], unique=False)

