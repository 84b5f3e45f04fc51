"""Count the statements a block sends, for the 1-versus-3-rows tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


class Count:
    """How many statements were sent, and which."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __len__(self) -> int:
        return len(self.statements)


@contextmanager
def counting_queries() -> Iterator[Count]:
    """Collect the block's statements; BEGIN and SAVEPOINT do not count."""
    count = Count()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().split(None, 1)[0].upper() in {
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "WITH",
        }:
            count.statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield count
    finally:
        event.remove(Engine, "before_cursor_execute", note)
