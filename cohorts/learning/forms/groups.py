"""Which group of a cohort each team belongs to: a line for each team."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from wtforms import Field, StringField

from consortium.forms import ActForm, PlainText
from events.facade.teams import TeamOfYear


class GroupsForm(ActForm):
    """A field for each team, under the team's id."""

    def to_groups(self) -> Mapping[UUID, str]:
        """Return the group of each team."""
        return {team_id: field.data or "" for team_id, field in self.lines()}

    def lines(self) -> Iterator[tuple[UUID, Field]]:
        """Return each team's id and its field, in order."""
        for field in self:
            if field.name.startswith("team_"):
                yield UUID(field.name.removeprefix("team_")), field


def groups_form(teams: Sequence[TeamOfYear]) -> GroupsForm:
    """Return the form with a line for each of these teams."""
    fields = {
        f"team_{team.id.hex}": StringField(team.name, [PlainText(longest=40)], default=team.group)
        for team in teams
    }
    made: type[GroupsForm] = type("GroupsOfCohort", (GroupsForm,), fields)
    return made()
