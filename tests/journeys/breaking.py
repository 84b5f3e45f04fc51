"""A view that ends in every kind of error, for the pages that tell of them."""

from collections.abc import Callable
from typing import NoReturn

from psycopg.errors import LockNotAvailable
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, TooManyRequests

from consortium.access import public
from consortium.errors import Conflict, Refusal

# What no visit can bring about by itself; a view of the tests does.
BROKEN: dict[int, Callable[[], Exception]] = {
    400: BadRequest,
    409: lambda: Conflict("Someone else was faster.", versions=(("Title", "Spring", "Fall"),)),
    413: RequestEntityTooLarge,
    422: lambda: Refusal("Only two seats are left."),
    429: TooManyRequests,
    500: lambda: ZeroDivisionError("a bug"),
    503: lambda: OperationalError("UPDATE", {}, LockNotAvailable("held by others")),
}


@public
def break_with(code: int) -> NoReturn:
    """End in an error."""
    make_error = BROKEN[code]
    raise make_error()
