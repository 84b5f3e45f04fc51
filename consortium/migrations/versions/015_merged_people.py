"""who was merged into whom"""

import sqlalchemy as sa
from alembic import op

revision = '015'
down_revision = '014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('merged_into_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_person_tenant_id_merged_into_id'),
            'person', ['tenant_id', 'merged_into_id'], ['tenant_id', 'id'],
        )


def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_person_tenant_id_merged_into_id'), type_='foreignkey')
        batch_op.drop_column('merged_into_id')
