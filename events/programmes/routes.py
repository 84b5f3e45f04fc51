"""Programme files in the browser, and the meetings an institute's page lists."""

from collections.abc import Sequence

from flask import Blueprint

from events.institutes.models import Institute
from events.programmes import service as programmes
from events.programmes.domain.meetings import MeetingLine

bp = Blueprint("programmes", __name__)


@bp.app_template_global()
def institute_meetings(institute: Institute) -> Sequence[MeetingLine]:
    """Give the institute's page the meetings of its cohort.

    That page belongs to a feature below the sessions, so it asks for them by this name.
    """
    return programmes.meetings_of(institute)
