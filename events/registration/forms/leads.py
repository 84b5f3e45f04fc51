"""What someone fills in about who leads a team."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import EmailField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.forms import KeptForm
from consortium.people.domain import SIDE_WORDS, Side
from consortium.words import say
from events.registration.forms.fields import name_field
from events.registration.models import Seat, Team
from events.registration.service import NewLead

SOMEONE_ELSE = SelectChoice("", say("Someone else, written below"))
NOBODY = SelectChoice("", say("Nobody: the team gets a second lead"))


class LeadForm(KeptForm):
    """Who is to lead the team, and for which side."""

    name = name_field(say("Name"), say("Enter the name."))
    email = EmailField(
        say("E-mail address"),
        [DataRequired(say("Enter the e-mail address."))],
        description=say("Mail about the team goes there."),
        render_kw={"autocomplete": "off"},
    )
    side = RadioField(say("Side"), [DataRequired(say("Choose the side."))], validate_choice=False)

    def about(self, sides: Sequence[Side]) -> None:
        """Offer these sides; where there is but one, it is chosen."""
        self.side.choices = [SelectChoice(side.value, SIDE_WORDS[side]) for side in sides]
        if len(sides) == 1 and not self.side.data:
            self.side.data = sides[0].value

    def to_lead(self) -> NewLead:
        """Return who is to lead."""
        side = Side(self.side.data) if self.side.data in set(Side) else Side.OTHER
        return NewLead(name=self.name.data, email=self.email.data, side=side)


class HandOverForm(LeadForm):
    """Who takes over: a member of the team, or someone else."""

    member = SelectField(
        say("Who takes over"),
        default="",
        validate_choice=False,
        description=say("For someone else, write name and e-mail address below."),
    )

    def among(self, seats: Sequence[Seat]) -> None:
        """Offer the team's members; whoever is chosen need not be written down again."""
        self._seats = {str(seat.id): seat for seat in seats}
        self.member.choices = [
            SOMEONE_ELSE,
            *(SelectChoice(str(seat.id), seat.name) for seat in seats),
        ]
        chosen = self._seats.get(self.member.data or "")
        if chosen is not None:
            self.name.data, self.email.data = chosen.name, chosen.person.email
            self.name.raw_data = self.email.raw_data = [chosen.name]


class AppointForm(LeadForm):
    """Who leads from now on, instead of whom, and why."""

    instead_of = SelectField(say("Instead of"), default="", validate_choice=False)
    reason = TextAreaField(
        say("Reason"),
        [DataRequired(say("Write the reason."))],
        description=say("Everyone concerned reads it, for example: has left the district."),
        render_kw={"rows": 3},
    )

    def at(self, team: Team) -> None:
        """Offer the team's leads to be replaced."""
        leads = [
            SelectChoice(str(lead.id), lead.person.name or lead.person.email) for lead in team.leads
        ]
        self.instead_of.choices = [NOBODY, *leads] if len(leads) == 1 else leads

    @property
    def lead_replaced(self) -> UUID | None:
        """The lead who goes, if one does."""
        wanted = self.instead_of.data or ""
        offered = {value for value, *_ in self.instead_of.iter_choices()}
        return UUID(wanted) if wanted and wanted in offered else None
