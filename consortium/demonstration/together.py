"""Tables that the story's host has published, and partner teams that it is looking at."""

from cohorts.matching.domain.grouping import Terms
from cohorts.matching.models import GroupingKind
from cohorts.matching.service.grouping_acts import publish_grouping
from cohorts.matching.service.groupings import group_teams
from consortium.demonstration import cast
from events.institutes.models import Institute


def bring_together(institute: Institute) -> None:
    """Publish tables of three and four, and propose partners."""
    by = cast.COORDINATOR.email
    tables = group_teams(institute.id, GroupingKind.TABLES, by, Terms(smallest=3, largest=4))
    publish_grouping(institute.id, tables.id, by)
    group_teams(institute.id, GroupingKind.PARTNERS, by)
