"""SQL written once for the many applications that the tests make."""

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from consortium.database import db


def keep_written(app: Flask) -> Flask:
    """Let the application use the statements that others of this process wrote; return it.

    SQLAlchemy keeps them for one engine and its dialect, so each of hundreds of applications
    would write hundreds of statements anew: a third of the time of a rush. An engine of the same
    kind of database says the same.
    """
    with app.app_context():
        mine = db.engine
    first = _first(mine.dialect.name, mine)
    mine.dialect, mine._compiled_cache = first.dialect, first._compiled_cache
    return app


_engines: dict[str, Engine] = {}


def _first(kind: str, engine: Engine) -> Engine:
    """Return what the first application of this kind had."""
    if kind not in _engines:
        engine.connect().close()  # a dialect asks its first connection what the database can do
        engine._compiled_cache = LRUCache(4000)
        _engines[kind] = engine
    return _engines[kind]
