"""quotes have numbers of the fiscal year from the series of all papers, and never change"""

import sqlalchemy as sa
from alembic import op

from consortium.migrations.guards import keep_papers, lose_paper_guards
from consortium.migrations.walls import wall_in

revision = '025'
down_revision = '024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _see_every_consortium("*")
    # A quote's year was the calendar's. The numbers go on from there, so that none comes twice.
    op.execute(
        "INSERT INTO number_series (id, tenant_id, series, year, last) "
        "SELECT id, tenant_id, 'quote', year, last FROM quote_series"
    )
    _see_every_consortium("")
    op.drop_table('quote_series')
    with op.batch_alter_table('quote', schema=None) as batch_op:
        batch_op.alter_column('total_cents', existing_type=sa.Integer(), type_=sa.BigInteger())
    keep_papers(op, "quote")


def downgrade() -> None:
    _change_quotes_again()
    with op.batch_alter_table('quote', schema=None) as batch_op:
        batch_op.alter_column('total_cents', existing_type=sa.BigInteger(), type_=sa.Integer())
    op.create_table('quote_series',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name='fk_quote_series_tenant_id'),
    sa.PrimaryKeyConstraint('id', name='pk_quote_series'),
    sa.UniqueConstraint('tenant_id', 'id', name='uq_quote_series_tenant_id_id'),
    sa.UniqueConstraint('tenant_id', 'year', name='uq_quote_series_tenant_id_year')
    )
    _see_every_consortium("*")
    op.execute(
        "INSERT INTO quote_series (id, tenant_id, year, last) "
        "SELECT id, tenant_id, year, last FROM number_series WHERE series = 'quote'"
    )
    op.execute("DELETE FROM number_series WHERE series = 'quote'")
    _see_every_consortium("")
    if op.get_bind().dialect.name == "postgresql":
        wall_in(op, "quote_series")


def _change_quotes_again() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER quote_never_changed ON quote")
        lose_paper_guards(op, "quote")
        return
    for act in ("update", "delete"):
        op.execute(f"DROP TRIGGER quote_no_{act}")


def _see_every_consortium(whose: str) -> None:
    """On PostgreSQL a connection sees the rows of the tenant it names; ``*`` names all."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SELECT set_config('consortium.tenant', '{whose}', true)")
