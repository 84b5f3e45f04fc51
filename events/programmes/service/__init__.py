"""Programme files become institutes, and institutes programme files."""

from typing import Any

from events.institutes.models import Institute
from events.programmes.domain import written
from events.programmes.service.loading import load_programme
from events.programmes.service.planning import Plan, plan
from events.programmes.service.reading_back import programme_of
from events.programmes.service.safety import teams_registered

__all__ = ["Plan", "export_programme", "load_programme", "plan", "programme_of", "teams_registered"]


def export_programme(institute: Institute) -> dict[str, Any]:
    """Return the institute as a plain programme file: loaded again, it changes nothing."""
    return written(programme_of(institute))
