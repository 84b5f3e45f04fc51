"""What a lead fills in about the team. Shape is checked here; rules live in ``domain``."""

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired

from consortium.forms import ActForm, KeptForm
from consortium.words import say
from events.registration.domain import SCHOOL_SITE
from events.registration.forms.beginning import BeginForm
from events.registration.forms.fields import (
    base_field,
    base_read,
    written_base,
)
from events.registration.models import Team
from events.registration.service import Details, Start


class StartForm(BeginForm, KeptForm):
    """Which LEA comes, and who leads its team."""

    no_role = say("None of these; I only register the team")

    attends = BooleanField(say("I come to the institute myself, in this role"), default=True)
    for_waitlist = HiddenField()

    def to_start(self) -> Start:
        """Return what the lead said."""
        role = self.role.data or ""
        return Start(
            lea_id=self.lea_id.data,
            lead_name=self.name.data,
            side=self.chosen_side,
            site=self.school,
            role_codes=(role,) if role and self.attends.data else (),
            for_waitlist=bool(self.for_waitlist.data),
        )


class DetailsForm(KeptForm):
    """What the team is called."""

    name = StringField(say("Name of the team"), [DataRequired(say("Enter a name."))])
    site = StringField(say("School"))
    base = base_field()

    def about(self, team: Team) -> None:
        """Ask for the school only where schools send teams."""
        if SCHOOL_SITE not in team.institute.unit_types:
            del self.site

    def fill(self, team: Team) -> None:
        """Show the team as stored."""
        self.show(Details(name=team.name, site=team.site))
        self.rest_on(team)

    def show(self, details: Details) -> None:
        """Show these details."""
        self.name.data = details.name
        if "site" in self:
            self.site.data = details.site

    def rest_on(self, team: Team) -> None:
        """Remember the team as it is stored now as what the page was opened with."""
        self.base.data = written_base({"name": team.name, "site": team.site})

    def to_details(self) -> Details:
        """Return what the lead wants."""
        return Details(name=self.name.data, site=(self.site.data or "") if "site" in self else "")

    def to_base(self) -> Details:
        """Return what the page showed when it was opened."""
        read = base_read(self.base)
        return Details(name=str(read.get("name", "")), site=str(read.get("site", "")))


class WaiverForm(ActForm):
    """Why the team cannot bring a role."""

    reason = TextAreaField(
        say("Why can your team not bring this role?"), [DataRequired(say("Write the reason."))]
    )


class TurnAwayForm(ActForm):
    """Why the host says no to guests."""

    reason = TextAreaField(
        say("Why can they not come?"),
        [DataRequired(say("Write the reason."))],
        description=say("Their leads read it."),
    )
