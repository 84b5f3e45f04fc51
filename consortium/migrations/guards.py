"""What the database itself refuses, as migrations put it up.

Migrations keep their own copy of these statements: what a table got stays what it got, whatever
the models say later. Tables that a batch makes anew on SQLite lose theirs; put them up again.
"""

from typing import Any

JOURNAL_ON_SQLITE = (
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
JOURNAL_ON_POSTGRESQL = (
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


def _kept_for_good_on_sqlite(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'ck_{table}_never_changed'); END"
        for act in ("UPDATE", "DELETE")
    )


def _kept_for_good_on_postgresql(table: str) -> tuple[str, ...]:
    return (
        f"""
        CREATE OR REPLACE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql
        AS $guard$
        BEGIN
            RAISE EXCEPTION USING ERRCODE = 'check_violation',
                CONSTRAINT = 'ck_{table}_never_changed', MESSAGE = 'ck_{table}_never_changed';
            RETURN NULL;
        END $guard$""",
        f"""
        CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change()""",
    )


def keep_journal(op: Any) -> None:
    """Let nobody change the journal, or post into a closed month."""
    _run(op, JOURNAL_ON_SQLITE, JOURNAL_ON_POSTGRESQL)


def keep_papers(op: Any, table: str) -> None:
    """Let nobody change a paper that was issued."""
    _run(op, _kept_for_good_on_sqlite(table), _kept_for_good_on_postgresql(table))


def lose_journal_guards(op: Any) -> None:
    """Drop what is left of the journal's guards once its tables are gone."""
    _lose(op, "journal_never_changes", "journal_month_open", "journal_balanced")


def lose_paper_guards(op: Any, table: str) -> None:
    """Drop what is left of the papers' guard once their table is gone."""
    _lose(op, f"{table}_refuse_change")


def _run(op: Any, on_sqlite: tuple[str, ...], on_postgresql: tuple[str, ...]) -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in on_sqlite if sqlite else on_postgresql:
        op.execute(statement)


def _lose(op: Any, *functions: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for function in functions:
            op.execute(f"DROP FUNCTION {function}()")


_CHANGES_CERTIFICATE = ("number", "token", "said", "issued_at")
_CHANGES_REPORT = (
    "number", "kind", "title", "first_day", "last_day", "grant_id", "said", "sha256",
    "published_at", "published_by",
)  # fmt: skip


def keep_certificates(op: Any) -> None:
    """Let nobody change what a certificate says; whose it is, and whether it stands, may change."""
    _keep_columns(op, "certificate", _CHANGES_CERTIFICATE)


def lose_certificate_guards(op: Any) -> None:
    """Drop what is left of the certificates' guard once their table is gone."""
    _lose(op, "certificate_refuse_change")


def keep_published_reports(op: Any) -> None:
    """Let nobody change what a published report says; it may only be taken back."""
    _keep_columns(op, "published_report", _CHANGES_REPORT)


def lose_report_guards(op: Any) -> None:
    """Drop what is left of the published reports' guard once their table is gone."""
    _lose(op, "published_report_refuse_change")


def _keep_columns(op: Any, table: str, columns: tuple[str, ...]) -> None:
    on_sqlite = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)
    elsewhere = on_sqlite.replace("IS NOT", "IS DISTINCT FROM")
    _run(
        op,
        (
            f"""
            CREATE TRIGGER {table}_no_change BEFORE UPDATE ON {table} WHEN {on_sqlite}
            BEGIN SELECT RAISE(ABORT, 'ck_{table}_never_changed'); END""",
        ),
        (
            f"""
            CREATE OR REPLACE FUNCTION {table}_refuse_change() RETURNS trigger
            LANGUAGE plpgsql AS $guard$
            BEGIN
                IF {elsewhere} THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation',
                        CONSTRAINT = 'ck_{table}_never_changed',
                        MESSAGE = 'ck_{table}_never_changed';
                END IF;
                RETURN NEW;
            END $guard$""",
            f"""
            CREATE TRIGGER {table}_never_changed BEFORE UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change()""",
        ),
    )
