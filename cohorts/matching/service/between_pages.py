"""With whom a round between two can be: groups here, other institutes and their groups."""

from collections.abc import Sequence
from uuid import UUID

from consortium.words import say
from events import facade
from events.facade import InstituteView
from events.facade.groups import groups_of_teams


def own_sides(institute: InstituteView) -> Sequence[tuple[str, str]]:
    """Return the groups of an institute, everyone first, with what they are called."""
    groups = sorted({group for group in groups_of_teams(institute.id).values() if group})
    return [("", say("Everyone")), *((group, _named(group)) for group in groups)]


def other_sides(institute: InstituteView) -> Sequence[tuple[UUID, str, str]]:
    """Return the institutes and groups whose people these can be matched with, cohorts first."""
    found: list[tuple[UUID, str, str]] = [
        (institute.id, group, f"{institute.title}: {words}")
        for group, words in own_sides(institute)
        if group
    ]
    cohorts = [one for one in facade.every_institute() if one.kind in facade.COHORT_KINDS]
    return [*found, *((one.id, "", one.title) for one in cohorts if one.id != institute.id)]


def _named(group: str) -> str:
    return group.replace("_", " ")
