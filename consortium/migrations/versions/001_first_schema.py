"""first schema"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


OWNED_BY_A_TENANT = (
    "appointment",
    "calendar_feed",
    "consent",
    "day",
    "deadline",
    "disclosure",
    "host",
    "institute",
    "match_run",
    "office_answer",
    "partner",
    "peer_match",
    "person",
    "pool",
    "role",
    "role_requirement",
    "seat",
    "session",
    "session_choice",
    "staff_member",
    "team",
    "team_lead",
    "waiver",
)


def wall_in(table: str) -> None:
    said = "current_setting('consortium.tenant', true)"
    own = f"CASE WHEN {said} = '*' THEN true ELSE tenant_id = NULLIF({said}, '')::uuid END"
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY own_tenant ON "{table}" USING ({own}) WITH CHECK ({own})')


def upgrade() -> None:
    op.create_table(
        "action_key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body_digest", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_action_key")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_subject", ["subject"], unique=False)
        batch_op.create_index("ix_audit_entry_tenant_at", ["tenant_id", "at"], unique=False)

    op.create_table(
        "identity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("email", name="uq_identity_email"),
    )
    op.create_table(
        "lea",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("zip", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("enrollment", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("local_label", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(id) = 7", name=op.f("ck_lea_id_has_seven_digits")),
        sa.ForeignKeyConstraint(["parent_id"], ["lea.id"], name=op.f("fk_lea_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lea")),
    )
    with op.batch_alter_table("lea", schema=None) as batch_op:
        batch_op.create_index("ix_lea_state_search", ["state", "search_text"], unique=False)

    op.create_table(
        "outbox_email",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=True),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column("reply_to", sa.String(), nullable=True),
        sa.Column("from_name", sa.String(), nullable=True),
        sa.Column("attachments", JSON, nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("dedupe_key", sa.String(), nullable=True),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_email")),
        sa.UniqueConstraint("dedupe_key", name="uq_outbox_email_dedupe_key"),
    )
    with op.batch_alter_table("outbox_email", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_email_about", ["about"], unique=False)
        batch_op.create_index("ix_outbox_email_due", ["settled_at", "due_at"], unique=False)

    op.create_table(
        "sign_in_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("link_digest", sa.String(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("browser_digest", sa.String(), nullable=False),
        sa.Column("next_path", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_request")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_sign_in_request_link_digest")),
    )
    with op.batch_alter_table("sign_in_request", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_request_email_asked", ["email", "asked_at"], unique=False)

    op.create_table(
        "tenant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("states", JSON, nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("brand_colour", sa.String(), nullable=False),
        sa.Column("reply_address", sa.String(), nullable=False),
        sa.Column("goals", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant")),
        sa.UniqueConstraint("slug", name="uq_tenant_slug"),
    )
    op.create_table(
        "institute",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("registrant", sa.String(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("min_people", sa.Integer(), nullable=False),
        sa.Column("max_people", sa.Integer(), nullable=True),
        sa.Column("home_states", JSON, nullable=False),
        sa.Column("every_state", sa.Boolean(), nullable=False),
        sa.Column("excluded_states", JSON, nullable=False),
        sa.Column("guest_states", JSON, nullable=False),
        sa.Column("guests_by_request", sa.Boolean(), nullable=False),
        sa.Column("others_note", sa.String(), nullable=False),
        sa.Column("unit_types", JSON, nullable=False),
        sa.Column("payment_methods", JSON, nullable=False),
        sa.Column("fees", JSON, nullable=False),
        sa.Column("waitlist", sa.String(), nullable=False),
        sa.Column("extras", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("min_people >= 0", name=op.f("ck_institute_min_people_not_negative")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_institute_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institute")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_institute_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "slug", name="uq_institute_tenant_id_slug"),
    )
    with op.batch_alter_table("institute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_institute_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "office_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lea_id", sa.String(), nullable=False),
        sa.Column("role_code", sa.String(), nullable=False),
        sa.Column("exists", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["lea_id"], ["lea.id"], name=op.f("fk_office_answer_lea_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_office_answer_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_answer")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_office_answer_tenant_id_id")),
        sa.UniqueConstraint(
            "tenant_id",
            "lea_id",
            "role_code",
            name=op.f("uq_office_answer_tenant_id_lea_id_role_code"),
        ),
    )
    with op.batch_alter_table("office_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_answer_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "partner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_partner_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_partner_tenant_id_id")),
    )
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identity.id"], name=op.f("fk_person_identity_id")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_person_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_person_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "identity_id", name="uq_person_tenant_id_identity_id"),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_identity_id"), ["identity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_role_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("tenant_id", "code", name="uq_role_tenant_id_code"),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_role_tenant_id_id")),
    )
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "second_factor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identity.id"], name=op.f("fk_second_factor_identity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("identity_id", name=op.f("uq_second_factor_identity_id")),
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identity.id"], name=op.f("fk_sign_in_session_identity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_in_session_token_digest")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_session_identity_id"), ["identity_id"], unique=False
        )

    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("lea_id", sa.String(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["lea_id"], ["lea.id"], name=op.f("fk_appointment_lea_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_appointment_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "role_id"],
            ["role.tenant_id", "role.id"],
            name=op.f("fk_appointment_tenant_id_role_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_appointment_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_appointment_tenant_id_id")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index("ix_appointment_person", ["tenant_id", "person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_calendar_feed_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_calendar_feed_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_calendar_feed_tenant_id_id")),
        sa.UniqueConstraint(
            "tenant_id", "person_id", name=op.f("uq_calendar_feed_tenant_id_person_id")
        ),
        sa.UniqueConstraint("token_digest", name=op.f("uq_calendar_feed_token_digest")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("institute_id", sa.Uuid(), nullable=False),
        sa.Column("shares_email", sa.Boolean(), nullable=False),
        sa.Column("shares_phone", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_consent_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_consent_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_consent_tenant_id_id")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index("ix_consent_person", ["tenant_id", "person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "day",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institute_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("audience_flags", JSON, nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "institute_id"],
            ["institute.tenant_id", "institute.id"],
            name=op.f("fk_day_tenant_id_institute_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_day_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_day_tenant_id_id")),
    )
    with op.batch_alter_table("day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_day_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institute_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "institute_id"],
            ["institute.tenant_id", "institute.id"],
            name=op.f("fk_deadline_tenant_id_institute_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_deadline_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("institute_id", "code", name=op.f("uq_deadline_institute_id_code")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_deadline_tenant_id_id")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "disclosure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("of_person_id", sa.Uuid(), nullable=False),
        sa.Column("to_person_id", sa.Uuid(), nullable=False),
        sa.Column("institute_id", sa.Uuid(), nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "of_person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_disclosure_tenant_id_of_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "to_person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_disclosure_tenant_id_to_person_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_disclosure_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_disclosure_tenant_id_id")),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index("ix_disclosure_of", ["tenant_id", "of_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disclosure_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "host",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institute_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "institute_id"],
            ["institute.tenant_id", "institute.id"],
            name=op.f("fk_host_tenant_id_institute_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_host_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_host_tenant_id_id")),
    )
    with op.batch_alter_table("host", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_host_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "match_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institute_id", sa.Uuid(), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ran_by", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("each", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("left_out", JSON, nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "institute_id"],
            ["institute.tenant_id", "institute.id"],
            name=op.f("fk_match_run_tenant_id_institute_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_match_run_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_match_run_tenant_id_id")),
    )
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.create_index("ix_match_run_institute", ["institute_id", "ran_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_run_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "pool",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institute_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= capacity", name=op.f("ck_pool_not_oversold")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "institute_id"],
            ["institute.tenant_id", "institute.id"],
            name=op.f("fk_pool_tenant_id_institute_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_pool_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool")),
        sa.UniqueConstraint("institute_id", "code", name=op.f("uq_pool_institute_id_code")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_pool_tenant_id_id")),
    )
    with op.batch_alter_table("pool", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pool_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "role_requirement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institute_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("strength", sa.String(length=40), nullable=False),
        sa.Column("min", sa.Integer(), nullable=False),
        sa.Column("max", sa.Integer(), nullable=True),
        sa.Column("waiver", sa.String(), nullable=False),
        sa.Column("warning", sa.String(), nullable=False),
        sa.Column("applies_to", JSON, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            '"min" >= 0 AND ("max" IS NULL OR "max" >= "min")',
            name=op.f("ck_role_requirement_min_to_max"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "institute_id"],
            ["institute.tenant_id", "institute.id"],
            name=op.f("fk_role_requirement_tenant_id_institute_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_role_requirement_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_requirement")),
        sa.UniqueConstraint(
            "institute_id", "code", name=op.f("uq_role_requirement_institute_id_code")
        ),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_role_requirement_tenant_id_id")),
    )
    with op.batch_alter_table("role_requirement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_role_requirement_tenant_id"), ["tenant_id"], unique=False
        )

    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institute_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("starts", sa.DateTime(), nullable=True),
        sa.Column("ends", sa.DateTime(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("online_link", sa.String(), nullable=False),
        sa.Column("homework", sa.String(), nullable=False),
        sa.Column("audience_roles", JSON, nullable=False),
        sa.Column("audience_flags", JSON, nullable=False),
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("choice_group", sa.String(), nullable=False),
        sa.Column("pick", sa.Integer(), nullable=False),
        sa.Column("same_content", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("extras", JSON, nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "ends IS NULL OR ends > starts", name=op.f("ck_session_ends_after_start")
        ),
        sa.CheckConstraint(
            "taken >= 0 AND (capacity IS NULL OR taken <= capacity)",
            name=op.f("ck_session_places_not_oversold"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "institute_id"],
            ["institute.tenant_id", "institute.id"],
            name=op.f("fk_session_tenant_id_institute_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_session_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("institute_id", "code", name="uq_session_institute_id_code"),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_session_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "uid", name=op.f("uq_session_tenant_id_uid")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(
            "ix_session_institute_starts", ["institute_id", "starts"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_session_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "staff_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_staff_member_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_staff_member_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_staff_member_tenant_id_id")),
    )
    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_member_tenant_id"), ["tenant_id"], unique=False)
        batch_op.create_index(
            "uq_staff_member_one_active_role",
            ["tenant_id", "person_id", "role"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "team",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institute_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("lea_id", sa.String(), nullable=True),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("admitted_as", sa.String(length=40), nullable=False),
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waitlist_position", sa.Integer(), nullable=True),
        sa.Column("seats_held", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=True),
        sa.Column("missing", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("seats_held >= 0", name=op.f("ck_team_seats_held_not_negative")),
        sa.ForeignKeyConstraint(["lea_id"], ["lea.id"], name=op.f("fk_team_lea_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "institute_id"],
            ["institute.tenant_id", "institute.id"],
            name=op.f("fk_team_tenant_id_institute_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_team_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint(
            "institute_id", "waitlist_position", name=op.f("uq_team_institute_id_waitlist_position")
        ),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_team_tenant_id_id")),
    )
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.create_index("ix_team_institute_status", ["institute_id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_team_tenant_id"), ["tenant_id"], unique=False)
        batch_op.create_index(
            "uq_team_one_active_per_lea",
            ["institute_id", "lea_id", "site"],
            unique=True,
            postgresql_where=sa.text("status <> 'withdrawn' AND kind = 'team'"),
            sqlite_where=sa.text("status <> 'withdrawn' AND kind = 'team'"),
        )

    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("institute_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role_code", sa.String(), nullable=False),
        sa.Column("also_role_codes", JSON, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("invitation_digest", sa.String(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("dietary", sa.String(), nullable=False),
        sa.Column("access_needs", sa.String(), nullable=False),
        sa.Column("goals", JSON, nullable=False),
        sa.Column("offers", sa.String(), nullable=False),
        sa.Column("asks", sa.String(), nullable=False),
        sa.Column("new_member", sa.Boolean(), nullable=False),
        sa.Column("wants_peers", sa.Boolean(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "institute_id"],
            ["institute.tenant_id", "institute.id"],
            name=op.f("fk_seat_tenant_id_institute_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_seat_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "team_id"],
            ["team.tenant_id", "team.id"],
            name=op.f("fk_seat_tenant_id_team_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_seat_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("invitation_digest", name="uq_seat_invitation_digest"),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_seat_tenant_id_id")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_tenant_id"), ["tenant_id"], unique=False)
        batch_op.create_index(
            "uq_seat_one_active_in_team",
            ["team_id", "person_id"],
            unique=True,
            postgresql_where=sa.text("status NOT IN ('declined', 'withdrawn')"),
            sqlite_where=sa.text("status NOT IN ('declined', 'withdrawn')"),
        )
        batch_op.create_index(
            "uq_seat_one_active_per_person",
            ["institute_id", "person_id"],
            unique=True,
            postgresql_where=sa.text("status NOT IN ('declined', 'withdrawn') AND NOT shared"),
            sqlite_where=sa.text("status NOT IN ('declined', 'withdrawn') AND NOT shared"),
        )

    op.create_table(
        "team_lead",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_team_lead_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "team_id"],
            ["team.tenant_id", "team.id"],
            name=op.f("fk_team_lead_tenant_id_team_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_team_lead_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_lead")),
        sa.UniqueConstraint("team_id", "person_id", name=op.f("uq_team_lead_team_id_person_id")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_team_lead_tenant_id_id")),
    )
    with op.batch_alter_table("team_lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_lead_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "waiver",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("role_code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "team_id"],
            ["team.tenant_id", "team.id"],
            name=op.f("fk_waiver_tenant_id_team_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_waiver_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sa.UniqueConstraint("team_id", "role_code", name=op.f("uq_waiver_team_id_role_code")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_waiver_tenant_id_id")),
    )
    with op.batch_alter_table("waiver", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiver_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "peer_match",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_peer_match_first_before_second")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "first_id"],
            ["seat.tenant_id", "seat.id"],
            name=op.f("fk_peer_match_tenant_id_first_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "run_id"],
            ["match_run.tenant_id", "match_run.id"],
            name=op.f("fk_peer_match_tenant_id_run_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "second_id"],
            ["seat.tenant_id", "seat.id"],
            name=op.f("fk_peer_match_tenant_id_second_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_peer_match_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_match")),
        sa.UniqueConstraint(
            "run_id", "first_id", "second_id", name="uq_peer_match_run_id_first_id_second_id"
        ),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_peer_match_tenant_id_id")),
    )
    with op.batch_alter_table("peer_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_peer_match_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "session_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "seat_id"],
            ["seat.tenant_id", "seat.id"],
            name=op.f("fk_session_choice_tenant_id_seat_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["session.tenant_id", "session.id"],
            name=op.f("fk_session_choice_tenant_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_session_choice_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_choice")),
        sa.UniqueConstraint("session_id", "seat_id", name="uq_session_choice_session_id_seat_id"),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_session_choice_tenant_id_id")),
    )
    with op.batch_alter_table("session_choice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_choice_tenant_id"), ["tenant_id"], unique=False
        )

    if op.get_bind().dialect.name == "postgresql":
        for table in OWNED_BY_A_TENANT:
            wall_in(table)


def downgrade() -> None:
    with op.batch_alter_table("session_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_choice_tenant_id"))

    op.drop_table("session_choice")
    with op.batch_alter_table("peer_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_peer_match_tenant_id"))

    op.drop_table("peer_match")
    with op.batch_alter_table("waiver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiver_tenant_id"))

    op.drop_table("waiver")
    with op.batch_alter_table("team_lead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_lead_tenant_id"))

    op.drop_table("team_lead")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_seat_one_active_per_person",
            postgresql_where=sa.text("status NOT IN ('declined', 'withdrawn') AND NOT shared"),
            sqlite_where=sa.text("status NOT IN ('declined', 'withdrawn') AND NOT shared"),
        )
        batch_op.drop_index(
            "uq_seat_one_active_in_team",
            postgresql_where=sa.text("status NOT IN ('declined', 'withdrawn')"),
            sqlite_where=sa.text("status NOT IN ('declined', 'withdrawn')"),
        )
        batch_op.drop_index(batch_op.f("ix_seat_tenant_id"))

    op.drop_table("seat")
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_team_one_active_per_lea",
            postgresql_where=sa.text("status <> 'withdrawn' AND kind = 'team'"),
            sqlite_where=sa.text("status <> 'withdrawn' AND kind = 'team'"),
        )
        batch_op.drop_index(batch_op.f("ix_team_tenant_id"))
        batch_op.drop_index("ix_team_institute_status")

    op.drop_table("team")
    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_staff_member_one_active_role",
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_staff_member_tenant_id"))

    op.drop_table("staff_member")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_tenant_id"))
        batch_op.drop_index("ix_session_institute_starts")

    op.drop_table("session")
    with op.batch_alter_table("role_requirement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_requirement_tenant_id"))

    op.drop_table("role_requirement")
    with op.batch_alter_table("pool", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pool_tenant_id"))

    op.drop_table("pool")
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_run_tenant_id"))
        batch_op.drop_index("ix_match_run_institute")

    op.drop_table("match_run")
    with op.batch_alter_table("host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_host_tenant_id"))

    op.drop_table("host")
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_tenant_id"))
        batch_op.drop_index("ix_disclosure_of")

    op.drop_table("disclosure")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_tenant_id"))

    op.drop_table("deadline")
    with op.batch_alter_table("day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_day_tenant_id"))

    op.drop_table("day")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_tenant_id"))
        batch_op.drop_index("ix_consent_person")

    op.drop_table("consent")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_tenant_id"))

    op.drop_table("calendar_feed")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_tenant_id"))
        batch_op.drop_index("ix_appointment_person")

    op.drop_table("appointment")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_session_identity_id"))

    op.drop_table("sign_in_session")
    op.drop_table("second_factor")
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_tenant_id"))

    op.drop_table("role")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_tenant_id"))
        batch_op.drop_index(batch_op.f("ix_person_identity_id"))

    op.drop_table("person")
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_tenant_id"))

    op.drop_table("partner")
    with op.batch_alter_table("office_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_answer_tenant_id"))

    op.drop_table("office_answer")
    with op.batch_alter_table("institute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_institute_tenant_id"))

    op.drop_table("institute")
    op.drop_table("tenant")
    with op.batch_alter_table("sign_in_request", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_request_email_asked")

    op.drop_table("sign_in_request")
    with op.batch_alter_table("outbox_email", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_email_due")
        batch_op.drop_index("ix_outbox_email_about")

    op.drop_table("outbox_email")
    with op.batch_alter_table("lea", schema=None) as batch_op:
        batch_op.drop_index("ix_lea_state_search")

    op.drop_table("lea")
    op.drop_table("identity")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_tenant_at")
        batch_op.drop_index("ix_audit_entry_subject")

    op.drop_table("audit_entry")
    op.drop_table("action_key")
