"""deliverables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '033'
down_revision = '032'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OWNED_BY_A_TENANT = (
    "deliverable",
    "gallery_consent",
    "hand_in",
    "hand_in_agreement",
)


def upgrade() -> None:
    op.create_table('deliverable',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('instructions', sa.String(), nullable=False),
    sa.Column('template_id', sa.Uuid(), nullable=True),
    sa.Column('due', sa.DateTime(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('late_allowed', sa.Boolean(), nullable=False),
    sa.Column('kinds', JSON, nullable=False),
    sa.Column('both_sides', sa.Boolean(), nullable=False),
    sa.Column('sign_roles', JSON, nullable=False),
    sa.Column('gallery', sa.Boolean(), nullable=False),
    sa.Column('remind_days', JSON, nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_deliverable_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'template_id'], ['material.tenant_id', 'material.id'], name=op.f('fk_deliverable_tenant_id_template_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_deliverable_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliverable')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_deliverable_tenant_id_id'))
    )
    with op.batch_alter_table('deliverable', schema=None) as batch_op:
        batch_op.create_index('ix_deliverable_due', ['tenant_id', 'institute_id', 'due_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deliverable_tenant_id_template_id'), ['tenant_id', 'template_id'], unique=False)

    op.create_table('gallery_consent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('deliverable_id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('party', sa.String(), nullable=False),
    sa.Column('given_by', sa.String(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'deliverable_id'], ['deliverable.tenant_id', 'deliverable.id'], name=op.f('fk_gallery_consent_tenant_id_deliverable_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'team_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_gallery_consent_tenant_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_gallery_consent_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gallery_consent')),
    sa.UniqueConstraint('deliverable_id', 'team_id', 'party', name='uq_gallery_consent_party'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_gallery_consent_tenant_id_id'))
    )
    with op.batch_alter_table('gallery_consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gallery_consent_tenant_id_deliverable_id'), ['tenant_id', 'deliverable_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_gallery_consent_tenant_id_team_id'), ['tenant_id', 'team_id'], unique=False)

    op.create_table('hand_in',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('deliverable_id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('uploaded_by', sa.String(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('complete_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('review', sa.String(length=40), nullable=False),
    sa.Column('review_note', sa.String(), nullable=False),
    sa.Column('reviewed_by', sa.String(), nullable=False),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("review = 'open' OR reviewed_at IS NOT NULL", name=op.f('ck_hand_in_reviewed_by_someone')),
    sa.CheckConstraint('number > 0', name=op.f('ck_hand_in_counted_from_one')),
    sa.ForeignKeyConstraint(['tenant_id', 'deliverable_id'], ['deliverable.tenant_id', 'deliverable.id'], name=op.f('fk_hand_in_tenant_id_deliverable_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'file_id'], ['stored_file.tenant_id', 'stored_file.id'], name=op.f('fk_hand_in_tenant_id_file_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'team_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_hand_in_tenant_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_hand_in_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hand_in')),
    sa.UniqueConstraint('deliverable_id', 'team_id', 'number', name='uq_hand_in_number'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_hand_in_tenant_id_id'))
    )
    with op.batch_alter_table('hand_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hand_in_tenant_id_deliverable_id'), ['tenant_id', 'deliverable_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hand_in_tenant_id_file_id'), ['tenant_id', 'file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hand_in_tenant_id_team_id'), ['tenant_id', 'team_id'], unique=False)

    op.create_table('hand_in_agreement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('hand_in_id', sa.Uuid(), nullable=False),
    sa.Column('party', sa.String(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('agreed_by', sa.String(), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'hand_in_id'], ['hand_in.tenant_id', 'hand_in.id'], name=op.f('fk_hand_in_agreement_tenant_id_hand_in_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_hand_in_agreement_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_hand_in_agreement_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hand_in_agreement')),
    sa.UniqueConstraint('hand_in_id', 'party', name='uq_hand_in_agreement_party'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_hand_in_agreement_tenant_id_id'))
    )
    with op.batch_alter_table('hand_in_agreement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hand_in_agreement_tenant_id_hand_in_id'), ['tenant_id', 'hand_in_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hand_in_agreement_tenant_id_person_id'), ['tenant_id', 'person_id'], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('hand_in_agreement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hand_in_agreement_tenant_id_person_id'))
        batch_op.drop_index(batch_op.f('ix_hand_in_agreement_tenant_id_hand_in_id'))

    op.drop_table('hand_in_agreement')
    with op.batch_alter_table('hand_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hand_in_tenant_id_team_id'))
        batch_op.drop_index(batch_op.f('ix_hand_in_tenant_id_file_id'))
        batch_op.drop_index(batch_op.f('ix_hand_in_tenant_id_deliverable_id'))

    op.drop_table('hand_in')
    with op.batch_alter_table('gallery_consent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gallery_consent_tenant_id_team_id'))
        batch_op.drop_index(batch_op.f('ix_gallery_consent_tenant_id_deliverable_id'))

    op.drop_table('gallery_consent')
    with op.batch_alter_table('deliverable', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deliverable_tenant_id_template_id'))
        batch_op.drop_index('ix_deliverable_due')

    op.drop_table('deliverable')
