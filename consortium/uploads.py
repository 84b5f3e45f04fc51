"""Pages that take large files; all others refuse a body that is larger than a form's."""

from collections.abc import Callable
from typing import Any, TypeVar

from consortium.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])
BESIDE_THE_FILE = 1024 * 1024
"""Bytes for what a form sends besides its file."""
_TAKERS: set[Callable[..., Any]] = set()


def takes_large_files(view: View) -> View:
    """Let a view take one file as large as the installation allows (``LARGEST_FILE_MB``)."""
    _TAKERS.add(view)
    return view


def limit_of(view: Callable[..., Any] | None, settings: Settings) -> int | None:
    """Return how large a body this view takes; ``None`` for the usual limit."""
    return settings.largest_file + BESIDE_THE_FILE if view in _TAKERS else None
