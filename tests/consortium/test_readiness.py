"""What /readyz says of a server whose parts are not well."""

from pathlib import Path

import pytest

from consortium import server
from consortium.adapters.redis_answer import redis_answers
from consortium.database import Base, db
from consortium.settings import Settings

NOBODY = "redis://:secret@127.0.0.1:1"


@pytest.mark.real_commits
def test_readyz_says_that_the_queue_does_not_answer_and_not_where_it_is(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'served.db'}",
        secret_key="x" * 40,
        base_url="https://lmc.example.org",
        smtp_url="smtp://mail.example.org",
        redis_url=NOBODY,
    )
    app = server.build_app(settings)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        answer = app.test_client().get("/readyz", base_url="https://lmc.example.org")
        db.engine.dispose()

    assert answer.status_code == 503
    assert answer.json == {
        "database": "ok",
        "queue": "no answer",
        "schema": "migrations are missing",
    }


@pytest.mark.pure
def test_what_redis_did_not_answer_is_told_without_its_password() -> None:
    said = redis_answers(NOBODY)

    assert "127.0.0.1:1" in said
    assert "secret" not in said
