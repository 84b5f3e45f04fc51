"""Who comes without a seat."""

from typing import Any

from wtforms import EmailField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.directory.domain import STATES
from consortium.directory.forms import LeaPicker
from consortium.forms import ActForm
from consortium.people.domain import NotAnAddress, normalise_email
from consortium.words import say
from events.institutes.models import Institute
from events.registration.domain import countries, lost_letters
from events.registration.service import WalkIn


class WalkInForm(LeaPicker, ActForm):
    """Someone at the door without a seat."""

    name = StringField(say("Name"), [DataRequired(say("Enter the name."))])
    email = EmailField(
        say("E-mail address"),
        [DataRequired(say("Enter the e-mail address."))],
        description=say("The confirmation goes there, and the way to the person's own agenda."),
        render_kw={"autocomplete": "off"},
    )
    comes = RadioField(
        say("Comes"),
        choices=[
            SelectChoice("team", say("with an LEA's team")),
            SelectChoice("visitor", say("as a visitor")),
        ],
        default="team",
    )
    role = SelectField(say("Role"), default="", validate_choice=False)
    organisation = StringField(say("The visitor's organization"))
    place = SelectField(say("The visitor's state or country"), default="", validate_choice=False)

    def about(self, institute: Institute) -> None:
        """Offer the institute's roles, and places where it takes visitors."""
        rules = institute.terms.roles
        team = [SelectChoice(r.code, r.label) for r in rules if not r.for_visitors]
        guests = [SelectChoice(r.code, r.label) for r in rules if r.for_visitors]
        self.role.choices = [SelectChoice("", say("Choose …")), *team, *guests]
        if not guests:
            del self.comes
            del self.organisation
            del self.place
            return
        places = [SelectChoice(*place) for place in (*sorted(STATES.items()), *countries())]
        self.place.choices = [SelectChoice("", say("Choose …")), *places]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a visitor comes from no list of LEAs."""
        picker = self.lea_id.validators
        if self.visits:
            self.lea_id.validators = []
        valid = super().validate(extra_validators)
        self.lea_id.validators = picker
        for field, faults in ((self.name, _faults_of_name), (self.email, _faults_of_email)):
            fault = faults(field.data or "") if field.data else ""
            if fault:
                field.errors = [*field.errors, fault]
                valid = False
        if not self.visits and not self.role.data:
            self.role.errors = [*self.role.errors, say("Choose the role.")]
            valid = False
        if self.visits and not self.place.data:
            self.place.errors = [*self.place.errors, say("Choose the state or country.")]
            valid = False
        return valid

    @property
    def visits(self) -> bool:
        """Whether the person comes as a visitor."""
        return "comes" in self and self.comes.data == "visitor"

    def to_walk_in(self) -> WalkIn:
        """Return who stands at the desk."""
        if self.visits:
            return WalkIn(
                name=self.name.data,
                email=normalise_email(self.email.data),
                role_code=self.role.data or "",
                organisation=self.organisation.data or "",
                place=self.place.data,
            )
        return WalkIn(
            name=self.name.data,
            email=normalise_email(self.email.data),
            role_code=self.role.data,
            lea_id=self.lea_id.data,
        )


def _faults_of_name(name: str) -> str:
    return lost_letters(name) or ""


def _faults_of_email(email: str) -> str:
    try:
        normalise_email(email)
    except NotAnAddress as refusal:
        return refusal.message
    return ""
