"""What the application mounts of the cohorts package."""

from collections.abc import Sequence

from flask import Blueprint

from cohorts.matching import routes as matching


def blueprints() -> Sequence[Blueprint]:
    """Return the pages of peer matching."""
    return (matching.bp,)
