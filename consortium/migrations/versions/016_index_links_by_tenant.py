"""index links by tenant"""

from alembic import op

revision = "016"
down_revision = "015"
branch_labels = None
depends_on = None

# These had an index of the tenant alone, which UNIQUE (tenant_id, id) already is.
OWNED = """
    answer application appointment badge calendar_feed consent day deadline disclosure
    form_draft host institute institute_invitation joint_act lead_invitation match_run merge
    not_duplicates office_answer partner peer_match person place_wait pledge pool question
    quote quote_series role role_requirement seat session session_choice staff_member
    stored_file strand substitution_request team team_lead waiver
""".split()
LINKS = {
    "answer": ["file_id", "question_id"],
    "application": ["applicant_id", "lea_id"],
    "appointment": ["lea_id", "role_id"],
    "badge": ["institute_id", "person_id"],
    "day": ["institute_id"],
    "deadline": ["institute_id"],
    "disclosure": ["to_person_id"],
    "host": ["institute_id"],
    "institute_invitation": ["institute_id", "lea_id"],
    "joint_act": ["team_id"],
    "lead_invitation": ["team_id"],
    "peer_match": ["run_id"],
    "person": ["merged_into_id"],
    "place_wait": ["seat_id"],
    "pledge": ["application_id"],
    "pool": ["institute_id"],
    "question": ["institute_id"],
    "role_requirement": ["institute_id"],
    "seat": ["team_id"],
    "session_choice": ["seat_id", "session_id"],
    "staff_member": ["person_id"],
    "strand": ["institute_id"],
    "substitution_request": ["seat_id"],
    "team": ["lea_id"],
    "team_lead": ["person_id", "team_id"],
    "waiver": ["team_id"],
}
NAMED = (
    ("answer", "ix_answer_of", ["tenant_id", "of_id"]),
    ("application", "ix_application_status", ["tenant_id", "institute_id", "status"]),
    ("match_run", "ix_match_run_institute", ["tenant_id", "institute_id", "ran_at"]),
    ("merge", "ix_merge_gone", ["tenant_id", "kind", "gone_id"]),
    ("place_wait", "ix_place_wait_order", ["tenant_id", "institute_id", "pool_code", "since", "id"]),
    ("quote", "ix_quote_team", ["tenant_id", "team_id", "made_at"]),
    ("seat", "ix_seat_institute_status", ["tenant_id", "institute_id", "status"]),
    ("seat", "ix_seat_person", ["tenant_id", "person_id", "institute_id"]),
    ("session", "ix_session_institute_starts", ["tenant_id", "institute_id", "starts"]),
    ("team", "ix_team_order", ["tenant_id", "institute_id", "status", "priority_class", "waitlist_position"]),
    ("team", "ix_team_position", ["tenant_id", "institute_id", "waitlist_position"]),
)
BEFORE = (
    ("answer", "ix_answer_of", ["of_id"]),
    ("application", "ix_application_status", ["institute_id", "status"]),
    ("match_run", "ix_match_run_institute", ["institute_id", "ran_at"]),
    ("merge", "ix_merge_gone", ["kind", "gone_id"]),
    ("place_wait", "ix_place_wait_order", ["institute_id", "pool_code", "since", "id"]),
    ("quote", "ix_quote_team", ["team_id", "made_at"]),
    ("seat", "ix_seat_institute_status", ["institute_id", "status"]),
    ("seat", "ix_seat_person", ["person_id", "institute_id"]),
    ("session", "ix_session_institute_starts", ["institute_id", "starts"]),
    ("team", "ix_team_institute_status", ["institute_id", "status"]),
)


def upgrade() -> None:
    for table, name, _columns in BEFORE:
        op.drop_index(name, table_name=table)
    for table in OWNED:
        op.drop_index(f"ix_{table}_tenant_id", table_name=table)
    for table, columns in LINKS.items():
        for column in columns:
            op.create_index(f"ix_{table}_tenant_id_{column}", table, ["tenant_id", column])
    for table, name, columns in NAMED:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for table, name, _columns in NAMED:
        op.drop_index(name, table_name=table)
    for table, columns in LINKS.items():
        for column in columns:
            op.drop_index(f"ix_{table}_tenant_id_{column}", table_name=table)
    for table in OWNED:
        op.create_index(f"ix_{table}_tenant_id", table, ["tenant_id"])
    for table, name, columns in BEFORE:
        op.create_index(name, table, columns)
