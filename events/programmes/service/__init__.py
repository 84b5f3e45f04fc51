"""Programme files become institutes, and institutes programme files."""

from collections.abc import Sequence
from typing import Any

from events.institutes.models import Institute
from events.programmes.domain import written
from events.programmes.domain.meetings import MeetingLine, meeting_line
from events.programmes.service.loading import load_programme
from events.programmes.service.planning import Plan, plan
from events.programmes.service.publishing import unpublish
from events.programmes.service.reading_back import live_meetings, meeting_days, programme_of

__all__ = [
    "Plan",
    "export_programme",
    "load_programme",
    "meeting_days",
    "meetings_of",
    "plan",
    "programme_of",
    "unpublish",
]


def export_programme(institute: Institute) -> dict[str, Any]:
    """Return the institute as a plain programme file: loaded again, it changes nothing."""
    return written(programme_of(institute))


def meetings_of(institute: Institute) -> Sequence[MeetingLine]:
    """Return the meetings of a cohort in order of time, those without a date last."""
    return [meeting_line(session.spec) for session in live_meetings(institute)]
