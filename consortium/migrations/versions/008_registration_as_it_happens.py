"""registration as it happens"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '008'
down_revision = '007'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

# The seats that hold their holder's only place, before and after seats could be replaced.
ENDED = "status NOT IN ('declined', 'withdrawn')"
ENDED_OR_REPLACED = "status NOT IN ('declined', 'withdrawn', 'replaced')"


def upgrade() -> None:
    with op.batch_alter_table('institute', schema=None) as batch_op:
        batch_op.add_column(sa.Column('intake', sa.String(length=40), nullable=False, server_default='open'))
        batch_op.add_column(sa.Column('joint_acts', JSON, nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('offer_hours', sa.Integer(), nullable=False, server_default='48'))
        batch_op.add_column(sa.Column('reminder_days', JSON, nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('selection', JSON, nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('letters', JSON, nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('partnership_links', JSON, nullable=False, server_default='{}'))
        batch_op.create_check_constraint(batch_op.f('ck_institute_offer_hours_positive'), 'offer_hours > 0')

    with op.batch_alter_table('office_answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(), nullable=False, server_default=''))

    _drop_one_seat_indexes()
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replaces_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('choices', JSON, nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('undelivered_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('undelivered_why', sa.String(), nullable=False, server_default=''))
        batch_op.alter_column('person_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.create_check_constraint(
            batch_op.f('ck_seat_someone_named'),
            "person_id IS NOT NULL OR status IN ('unclaimed', 'withdrawn')",
        )
        batch_op.create_index('ix_seat_institute_status', ['institute_id', 'status'], unique=False)
        batch_op.create_index('ix_seat_person', ['person_id', 'institute_id'], unique=False)
        batch_op.create_index('ix_seat_replaces', ['replaces_id'], unique=True)
    _make_one_seat_indexes(ENDED_OR_REPLACED)

    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.add_column(sa.Column('priority_class', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('seats_wanted', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('offer_expires_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('places_held', JSON, nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('application_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('touched_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('nudges', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_check_constraint(
            batch_op.f('ck_team_offers_run_out'),
            "(status = 'offered') = (offer_expires_at IS NOT NULL)",
        )
    _write_down_places_held()

    with op.batch_alter_table('team_lead', schema=None) as batch_op:
        batch_op.create_unique_constraint('uq_team_lead_one_per_side', ['team_id', 'side'])


def _write_down_places_held() -> None:
    """Say of each registered team from which pools its places are."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT set_config('consortium.tenant', '*', true)"))
    team = sa.table(
        'team', sa.column('id', sa.Uuid()), sa.column('institute_id', sa.Uuid()), sa.column('kind'),
        sa.column('status'), sa.column('seats_held', sa.Integer()), sa.column('places_held', JSON),
    )
    pool = sa.table('pool', sa.column('institute_id', sa.Uuid()), sa.column('code'))
    there = {(row.institute_id, row.code) for row in connection.execute(sa.select(pool))}
    holders = sa.select(team).where(team.c.status == 'registered')
    for row in connection.execute(holders).all():
        visitors = row.kind == 'visitors'
        apart = visitors and (row.institute_id, 'visitor_seats') in there
        wanted = {'visitor_seats' if apart else 'people': row.seats_held}
        if not visitors:
            wanted['teams'] = 1
        held = {code: n for code, n in wanted.items() if (row.institute_id, code) in there}
        connection.execute(team.update().where(team.c.id == row.id).values(places_held=held))
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT set_config('consortium.tenant', '', true)"))


def _drop_one_seat_indexes() -> None:
    op.drop_index('uq_seat_one_active_per_person', table_name='seat')
    op.drop_index('uq_seat_one_active_in_team', table_name='seat')


def _make_one_seat_indexes(held: str) -> None:
    alone = sa.text(f"{held} AND NOT shared")
    op.create_index(
        'uq_seat_one_active_per_person', 'seat', ['institute_id', 'person_id'], unique=True,
        postgresql_where=alone, sqlite_where=alone,
    )
    in_team = sa.text(held)
    op.create_index(
        'uq_seat_one_active_in_team', 'seat', ['team_id', 'person_id'], unique=True,
        postgresql_where=in_team, sqlite_where=in_team,
    )


def downgrade() -> None:
    with op.batch_alter_table('team_lead', schema=None) as batch_op:
        batch_op.drop_constraint('uq_team_lead_one_per_side', type_='unique')

    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_team_offers_run_out'), type_='check')
        for name in (
            'nudges', 'touched_at', 'application_id', 'places_held', 'offer_expires_at', 'offered_at',
            'seats_wanted', 'priority_class',
        ):
            batch_op.drop_column(name)

    _drop_one_seat_indexes()
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_index('ix_seat_replaces')
        batch_op.drop_index('ix_seat_person')
        batch_op.drop_index('ix_seat_institute_status')
        batch_op.drop_constraint(batch_op.f('ck_seat_someone_named'), type_='check')
        batch_op.alter_column('person_id', existing_type=sa.Uuid(), nullable=False)
        for name in ('undelivered_why', 'undelivered_at', 'choices', 'ended_at', 'replaces_id'):
            batch_op.drop_column(name)
    _make_one_seat_indexes(ENDED)

    with op.batch_alter_table('office_answer', schema=None) as batch_op:
        batch_op.drop_column('reason')

    with op.batch_alter_table('institute', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_institute_offer_hours_positive'), type_='check')
        for name in (
            'partnership_links', 'letters', 'selection', 'reminder_days', 'offer_hours', 'joint_acts',
            'intake',
        ):
            batch_op.drop_column(name)
