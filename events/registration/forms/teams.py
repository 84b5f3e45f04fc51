"""What a lead fills in about the team. Shape is checked here; rules live in ``domain``."""

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from consortium.directory.forms import LeaPicker
from consortium.forms import ActForm, KeptForm
from consortium.people.domain import SIDE_WORDS, Side
from consortium.words import say
from events.institutes.models import Institute
from events.registration.domain import SCHOOL_SITE
from events.registration.forms.fields import (
    base_field,
    base_read,
    name_field,
    offer_roles,
    written_base,
)
from events.registration.models import Team
from events.registration.service import Details, Start

NO_ROLE = SelectChoice("", say("None of these; I only register the team"))
DEFINITE = (Side.LABOR, Side.MANAGEMENT, Side.GOVERNANCE, Side.COMMUNITY)


class StartForm(LeaPicker, KeptForm):
    """Which LEA comes, and who leads its team."""

    site = StringField(
        say("School"),
        description=say("Teams of this institute come from one school each."),
    )
    name = name_field(say("Your name"), say("Enter your name."))
    role = SelectField(say("Your role"), default="", validate_choice=False)
    attends = BooleanField(say("I come to the institute myself, in this role"), default=True)
    side = RadioField(
        say("Your side"),
        [Optional()],
        choices=[SelectChoice(side.value, SIDE_WORDS[side]) for side in (*DEFINITE, Side.OTHER)],
        description=say("Only needed when your role does not say it."),
    )
    for_waitlist = HiddenField()

    def about(self, institute: Institute) -> None:
        """Offer the institute's own roles; ask for the school only where schools send teams."""
        self._rules = {rule.code: rule for rule in institute.terms.roles if not rule.for_visitors}
        offer_roles(self.role, self._rules.values(), first=NO_ROLE)
        if SCHOOL_SITE not in institute.unit_types:
            del self.site

    def validate(self, extra_validators: object = None) -> bool:
        """Check the fields; a missing side counts although the field may stay empty."""
        valid = super().validate(extra_validators)
        if self._side() is None and not self.side.errors:
            self.side.errors = [say("Choose your side.")]
        return valid and not self.side.errors

    def to_start(self) -> Start:
        """Return what the lead said."""
        role = self.role.data or ""
        return Start(
            lea_id=self.lea_id.data,
            lead_name=self.name.data,
            side=self._side() or Side.OTHER,
            site=self.site.data or "" if "site" in self else "",
            role_codes=(role,) if role and self.attends.data else (),
            for_waitlist=bool(self.for_waitlist.data),
        )

    def _side(self) -> Side | None:
        rule = self._rules.get(self.role.data or "")
        if rule is not None and rule.side in DEFINITE:
            return rule.side
        return Side(self.side.data) if self.side.data in set(Side) else None


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
