"""credit, evaluations and certificates"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.guards import keep_certificates, lose_certificate_guards
from consortium.migrations.walls import wall_in

revision = '027'
down_revision = '026'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OWNED_BY_A_TENANT = (
    "certificate",
    "evaluation",
    "licence_number",
    "purge",
    "record_hold",
    "evaluation_answer",
    "evaluation_part",
)


def upgrade() -> None:
    op.create_table('certificate',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('said', JSON, nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by', sa.String(), nullable=False),
    sa.Column('keep_until', sa.Date(), nullable=False),
    sa.Column('replaces_id', sa.Uuid(), nullable=True),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_why', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("withdrawn_at IS NULL OR withdrawn_why <> ''", name=op.f('ck_certificate_withdrawn_with_reason')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_certificate_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_certificate_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_certificate_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_certificate_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'number', name='uq_certificate_tenant_id_number'),
    sa.UniqueConstraint('token', name=op.f('uq_certificate_token'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index('ix_certificate_person', ['tenant_id', 'person_id', 'issued_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)
        batch_op.create_index('uq_certificate_one_valid', ['institute_id', 'person_id'], unique=True, postgresql_where=sa.text('replaced_at IS NULL AND withdrawn_at IS NULL'), sqlite_where=sa.text('replaced_at IS NULL AND withdrawn_at IS NULL'))

    op.create_table('evaluation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('questions', JSON, nullable=False),
    sa.Column('rates_sessions', sa.Boolean(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_evaluation_tenant_id_institute_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_evaluation_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation')),
    sa.UniqueConstraint('institute_id', 'about', name='uq_evaluation_institute_id_about'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_evaluation_tenant_id_id'))
    )
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evaluation_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)

    op.create_table('licence_number',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_licence_number_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_licence_number_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_licence_number')),
    sa.UniqueConstraint('person_id', 'name', name='uq_licence_number_person_id_name'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_licence_number_tenant_id_id'))
    )
    with op.batch_alter_table('licence_number', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_licence_number_tenant_id_person_id'), ['tenant_id', 'person_id'], unique=False)

    op.create_table('purge',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('purged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('purged_by', sa.String(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('scans', sa.Integer(), nullable=False),
    sa.Column('certificates', sa.Integer(), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_purge_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_purge_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purge')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_purge_tenant_id_id'))
    )
    with op.batch_alter_table('purge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_purge_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)

    op.create_table('record_hold',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('placed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('placed_by', sa.String(), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_record_hold_reason_given')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_record_hold_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_record_hold_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_hold')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_record_hold_tenant_id_id'))
    )
    with op.batch_alter_table('record_hold', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_hold_tenant_id_institute_id'), ['tenant_id', 'institute_id'], unique=False)
        batch_op.create_index('uq_record_hold_one_at_a_time', ['institute_id'], unique=True, postgresql_where=sa.text('lifted_at IS NULL'), sqlite_where=sa.text('lifted_at IS NULL'))

    op.create_table('evaluation_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('evaluation_id', sa.Uuid(), nullable=False),
    sa.Column('said', JSON, nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'evaluation_id'], ['evaluation.tenant_id', 'evaluation.id'], name=op.f('fk_evaluation_answer_tenant_id_evaluation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_evaluation_answer_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_answer')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_evaluation_answer_tenant_id_id'))
    )
    with op.batch_alter_table('evaluation_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evaluation_answer_tenant_id_evaluation_id'), ['tenant_id', 'evaluation_id'], unique=False)

    op.create_table('evaluation_part',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('evaluation_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'evaluation_id'], ['evaluation.tenant_id', 'evaluation.id'], name=op.f('fk_evaluation_part_tenant_id_evaluation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_evaluation_part_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_evaluation_part_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_part')),
    sa.UniqueConstraint('evaluation_id', 'person_id', name='uq_evaluation_part_evaluation_id_person_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_evaluation_part_tenant_id_id'))
    )
    with op.batch_alter_table('evaluation_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evaluation_part_tenant_id_evaluation_id'), ['tenant_id', 'evaluation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evaluation_part_tenant_id_person_id'), ['tenant_id', 'person_id'], unique=False)

    keep_certificates(op)

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)



def downgrade() -> None:
    with op.batch_alter_table('evaluation_part', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evaluation_part_tenant_id_person_id'))
        batch_op.drop_index(batch_op.f('ix_evaluation_part_tenant_id_evaluation_id'))

    op.drop_table('evaluation_part')
    with op.batch_alter_table('evaluation_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evaluation_answer_tenant_id_evaluation_id'))

    op.drop_table('evaluation_answer')
    with op.batch_alter_table('record_hold', schema=None) as batch_op:
        batch_op.drop_index('uq_record_hold_one_at_a_time', postgresql_where=sa.text('lifted_at IS NULL'), sqlite_where=sa.text('lifted_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_record_hold_tenant_id_institute_id'))

    op.drop_table('record_hold')
    with op.batch_alter_table('purge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_purge_tenant_id_institute_id'))

    op.drop_table('purge')
    with op.batch_alter_table('licence_number', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_licence_number_tenant_id_person_id'))

    op.drop_table('licence_number')
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evaluation_tenant_id_institute_id'))

    op.drop_table('evaluation')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index('uq_certificate_one_valid', postgresql_where=sa.text('replaced_at IS NULL AND withdrawn_at IS NULL'), sqlite_where=sa.text('replaced_at IS NULL AND withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_certificate_tenant_id_institute_id'))
        batch_op.drop_index('ix_certificate_person')

    op.drop_table('certificate')
    lose_certificate_guards(op)
