"""What the database itself refuses: to change the journal, and to post into a closed month.

The tables get these statements when they are made, and a migration runs the same ones. None has
a percent sign or a colon, which some ways of running them would read as a place for a value.
"""

MONTH_OPEN = "ck_journal_entry_month_open"
NEVER_CHANGED = "ck_journal_never_changed"
BALANCED = "ck_journal_entry_balanced"
DIALECTS = ("sqlite", "postgresql")

ON_SQLITE = (
    *(
        f"""
        CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN
            SELECT RAISE(ABORT, 'ck_journal_never_changed');
        END"""
        for table in ("journal_entry", "journal_line")
        for act in ("UPDATE", "DELETE")
    ),
    """
    CREATE TRIGGER journal_entry_month_open BEFORE INSERT ON journal_entry
    WHEN EXISTS (
        SELECT 1 FROM month_closing AS closing
        WHERE closing.tenant_id = NEW.tenant_id AND closing.reopened_at IS NULL
        AND closing.until >= NEW."on"
    ) BEGIN
        SELECT RAISE(ABORT, 'ck_journal_entry_month_open');
    END""",
)

# Who posts shares the tenant's lock with all who post; who closes a month has it alone. So a
# posting either comes before the closing, which then counts it, or sees it.
#
# An entry's lines are counted too: none is added in a later transaction. A transaction that ends
# while it speaks for no tenant sees no rows here and lets them pass; ``verify`` looks again.
ON_POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION journal_never_changes() RETURNS trigger LANGUAGE plpgsql AS $guard$
    BEGIN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'ck_journal_never_changed';
    END $guard$""",
    *(
        f"""
        CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION journal_never_changes()"""
        for table in ("journal_entry", "journal_line")
    ),
    """
    CREATE OR REPLACE FUNCTION journal_month_open() RETURNS trigger LANGUAGE plpgsql AS $guard$
    BEGIN
        PERFORM pg_advisory_xact_lock_shared(hashtextextended('journal ' || NEW.tenant_id, 0));
        IF EXISTS (
            SELECT 1 FROM month_closing AS closing
            WHERE closing.tenant_id = NEW.tenant_id AND closing.reopened_at IS NULL
            AND closing.until >= NEW."on"
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation',
                MESSAGE = 'ck_journal_entry_month_open';
        END IF;
        RETURN NEW;
    END $guard$""",
    """
    CREATE TRIGGER journal_entry_month_open BEFORE INSERT ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_month_open()""",
    """
    CREATE OR REPLACE FUNCTION journal_balanced() RETURNS trigger LANGUAGE plpgsql AS $guard$
    DECLARE
        posted uuid;
    BEGIN
        IF TG_TABLE_NAME = 'journal_line' THEN posted = NEW.entry_id; ELSE posted = NEW.id; END IF;
        IF EXISTS (
            SELECT 1 FROM journal_entry AS entry LEFT JOIN journal_line AS line
            ON line.tenant_id = entry.tenant_id AND line.entry_id = entry.id
            WHERE entry.tenant_id = NEW.tenant_id AND entry.id = posted
            GROUP BY entry.id, entry.line_count
            HAVING count(line.id) <> entry.line_count OR coalesce(sum(line.cents), 1) <> 0
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation',
                MESSAGE = 'ck_journal_entry_balanced';
        END IF;
        RETURN NULL;
    END $guard$""",
    *(
        f"""
        CREATE CONSTRAINT TRIGGER {table}_balanced AFTER INSERT ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_balanced()"""
        for table in ("journal_entry", "journal_line")
    ),
)
CLOSE_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('journal ' || :tenant_id, 0))"
"""PostgreSQL's statement that waits for all who post, and has the journal alone until the end."""


def guard_statements(dialect: str) -> tuple[str, ...]:
    """Return the statements that put up the guards on ``sqlite`` or ``postgresql``.

    The tables of the journal must be there.
    """
    return ON_SQLITE if dialect == "sqlite" else ON_POSTGRESQL
