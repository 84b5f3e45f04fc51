"""Templates compiled once for the many applications that the tests make."""

import atexit
import os
import shutil
import tempfile
from functools import cache

from flask import Flask
from jinja2 import FileSystemBytecodeCache


def keep_compiled(app: Flask) -> Flask:
    """Let the application use what others of this run compiled; return it."""
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(_folder())
    return app


@cache
def _folder() -> str:
    """Return the run's folder; one process alone makes its own.

    Never one that outlives the run: a changed setting of Jinja would find what it did not compile.
    """
    given = os.environ.get("COMPILED_TEMPLATES")
    if given:
        return given
    made = tempfile.mkdtemp(prefix="consortium-templates-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made
