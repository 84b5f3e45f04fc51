"""teams and seats"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consortium.migrations.walls import wall_in

revision = '004'
down_revision = '003'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


OWNED_BY_A_TENANT = ("office_answer", "seat", "session_choice", "team", "team_lead", "waiver",)


def upgrade() -> None:
    op.create_table('office_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('lea_id', sa.String(), nullable=False),
    sa.Column('role_code', sa.String(), nullable=False),
    sa.Column('exists', sa.Boolean(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['lea_id'], ['lea.id'], name=op.f('fk_office_answer_lea_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_office_answer_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office_answer')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_office_answer_tenant_id_id')),
    sa.UniqueConstraint('tenant_id', 'lea_id', 'role_code', name='uq_office_answer_tenant_id_lea_id_role_code')
    )
    with op.batch_alter_table('office_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_office_answer_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('team',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('lea_id', sa.String(), nullable=True),
    sa.Column('site', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('admitted_as', sa.String(length=40), nullable=False),
    sa.Column('cohort', sa.String(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('waitlist_position', sa.Integer(), nullable=True),
    sa.Column('seats_held', sa.Integer(), nullable=False),
    sa.Column('complete', sa.Boolean(), nullable=True),
    sa.Column('missing', JSON, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('seats_held >= 0', name=op.f('ck_team_seats_held_not_negative')),
    sa.ForeignKeyConstraint(['lea_id'], ['lea.id'], name=op.f('fk_team_lea_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_team_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_team_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team')),
    sa.UniqueConstraint('institute_id', 'waitlist_position', name=op.f('uq_team_institute_id_waitlist_position')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_team_tenant_id_id'))
    )
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.create_index('ix_team_institute_status', ['institute_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_team_tenant_id'), ['tenant_id'], unique=False)
        batch_op.create_index('uq_team_one_active_per_lea', ['institute_id', 'lea_id', 'site'], unique=True, postgresql_where=sa.text("status <> 'withdrawn' AND kind = 'team'"), sqlite_where=sa.text("status <> 'withdrawn' AND kind = 'team'"))

    op.create_table('seat',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('role_code', sa.String(), nullable=False),
    sa.Column('also_role_codes', JSON, nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('invitation_digest', sa.String(), nullable=True),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decline_reason', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('dietary', sa.String(), nullable=False),
    sa.Column('access_needs', sa.String(), nullable=False),
    sa.Column('goals', JSON, nullable=False),
    sa.Column('offers', sa.String(), nullable=False),
    sa.Column('asks', sa.String(), nullable=False),
    sa.Column('new_member', sa.Boolean(), nullable=False),
    sa.Column('wants_peers', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'institute_id'], ['institute.tenant_id', 'institute.id'], name=op.f('fk_seat_tenant_id_institute_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_seat_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'team_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_seat_tenant_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_seat_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat')),
    sa.UniqueConstraint('invitation_digest', name='uq_seat_invitation_digest'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_seat_tenant_id_id'))
    )
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seat_tenant_id'), ['tenant_id'], unique=False)
        batch_op.create_index('uq_seat_one_active_in_team', ['team_id', 'person_id'], unique=True, postgresql_where=sa.text("status NOT IN ('declined', 'withdrawn')"), sqlite_where=sa.text("status NOT IN ('declined', 'withdrawn')"))
        batch_op.create_index('uq_seat_one_active_per_person', ['institute_id', 'person_id'], unique=True, postgresql_where=sa.text("status NOT IN ('declined', 'withdrawn') AND NOT shared"), sqlite_where=sa.text("status NOT IN ('declined', 'withdrawn') AND NOT shared"))

    op.create_table('team_lead',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_team_lead_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'team_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_team_lead_tenant_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_team_lead_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_lead')),
    sa.UniqueConstraint('team_id', 'person_id', name=op.f('uq_team_lead_team_id_person_id')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_team_lead_tenant_id_id'))
    )
    with op.batch_alter_table('team_lead', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_lead_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('waiver',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('role_code', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_by', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'team_id'], ['team.tenant_id', 'team.id'], name=op.f('fk_waiver_tenant_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_waiver_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiver')),
    sa.UniqueConstraint('team_id', 'role_code', name=op.f('uq_waiver_team_id_role_code')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_waiver_tenant_id_id'))
    )
    with op.batch_alter_table('waiver', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_waiver_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('session_choice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('seat_id', sa.Uuid(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'seat_id'], ['seat.tenant_id', 'seat.id'], name=op.f('fk_session_choice_tenant_id_seat_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'session_id'], ['session.tenant_id', 'session.id'], name=op.f('fk_session_choice_tenant_id_session_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_session_choice_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_choice')),
    sa.UniqueConstraint('session_id', 'seat_id', name='uq_session_choice_session_id_seat_id'),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_session_choice_tenant_id_id'))
    )
    with op.batch_alter_table('session_choice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_choice_tenant_id'), ['tenant_id'], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(op, table)


def downgrade() -> None:
    with op.batch_alter_table('session_choice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_choice_tenant_id'))

    op.drop_table('session_choice')
    with op.batch_alter_table('waiver', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_waiver_tenant_id'))

    op.drop_table('waiver')
    with op.batch_alter_table('team_lead', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_team_lead_tenant_id'))

    op.drop_table('team_lead')
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_index('uq_seat_one_active_per_person', postgresql_where=sa.text("status NOT IN ('declined', 'withdrawn') AND NOT shared"), sqlite_where=sa.text("status NOT IN ('declined', 'withdrawn') AND NOT shared"))
        batch_op.drop_index('uq_seat_one_active_in_team', postgresql_where=sa.text("status NOT IN ('declined', 'withdrawn')"), sqlite_where=sa.text("status NOT IN ('declined', 'withdrawn')"))
        batch_op.drop_index(batch_op.f('ix_seat_tenant_id'))

    op.drop_table('seat')
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_index('uq_team_one_active_per_lea', postgresql_where=sa.text("status <> 'withdrawn' AND kind = 'team'"), sqlite_where=sa.text("status <> 'withdrawn' AND kind = 'team'"))
        batch_op.drop_index(batch_op.f('ix_team_tenant_id'))
        batch_op.drop_index('ix_team_institute_status')

    op.drop_table('team')
    with op.batch_alter_table('office_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_office_answer_tenant_id'))

    op.drop_table('office_answer')
