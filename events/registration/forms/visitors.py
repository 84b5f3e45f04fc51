"""What visitors fill in."""

from collections.abc import Sequence

from wtforms import HiddenField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.directory.domain import STATES
from consortium.forms import ActForm
from consortium.words import say
from events.institutes.domain import AdmittedAs
from events.institutes.models import Institute
from events.registration.domain import countries, place_name, read_roster, visitor_roles
from events.registration.domain.refusals import RegistrationRefused
from events.registration.forms.fields import CHOOSE, name_field, offer_roles
from events.registration.forms.members import PastedLines
from events.registration.service import Visit, Visitor


class VisitForm(ActForm):
    """People who come without a team."""

    name = name_field(say("Your name"), say("Enter your name."))
    organisation = StringField(
        say("Your LEA or organization"), [DataRequired(say("Enter your LEA or organization."))]
    )
    place = SelectField(
        say("State or country"),
        [DataRequired(say("Choose your state or country."))],
        validate_choice=False,
    )
    role = SelectField(
        say("You come as"),
        default="",
        validate_choice=False,
        description=say("It counts for everyone you register here."),
    )
    phone = TelField(
        say("Telephone"),
        description=say("With the country code, like +27 11 978 5313. Only the hosts see it."),
        render_kw={"autocomplete": "tel"},
    )
    others = TextAreaField(
        say("Who comes with you?"),
        [PastedLines()],
        description=say("One person on each line: name, e-mail address."),
        render_kw={"rows": 4, "spellcheck": "false"},
    )
    for_waitlist = HiddenField()

    def about(self, institute: Institute) -> None:
        """Offer the places from which visitors may come, and as what where that is a choice.

        Which of them people of a place may come as is the rules' to say.
        """
        places, terms = visitors_from(institute), institute.terms
        self.place.choices = [CHOOSE, *(SelectChoice(*place) for place in places)]
        rules = {rule.code: rule for code, _ in places for rule in visitor_roles(terms, code)}
        if len(rules) > 1:
            offer_roles(self.role, rules.values())
        else:
            del self.role

    def to_visit(self, email: str) -> Visit:
        """Return the visit; whoever signed in with ``email`` is the first visitor.

        Raises ``RegistrationRefused`` when a line of the others cannot be read.
        """
        return Visit(
            organisation=self.organisation.data,
            place=self.place.data,
            visitors=(
                Visitor(name=self.name.data, email=email, phone=self.phone.data or ""),
                *self._companions(),
            ),
            role_code=self.role.data or "" if "role" in self else "",
            for_waitlist=bool(self.for_waitlist.data),
        )

    def _companions(self) -> Sequence[Visitor]:
        if not self.others.data:
            return ()
        try:
            lines = read_roster(self.others.data, ())
        except RegistrationRefused as refusal:
            raise RegistrationRefused(refusal.message, field="others") from refusal
        for line in lines:
            if line.faults:
                raise RegistrationRefused(
                    say("Line %(number)s: %(fault)s", number=line.number, fault=line.faults[0]),
                    field="others",
                )
        return [Visitor(name=line.name, email=line.email) for line in lines]


def visitors_from(institute: Institute) -> list[tuple[str, str]]:
    """Return the places whose people may come as visitors, code and name, by name."""
    admission, terms = institute.admission, institute.terms
    named = {*STATES, *admission.home, *admission.guests}
    places = sorted(((code, place_name(code)) for code in named), key=lambda place: place[1])
    if admission.by_request:
        places += countries()
    return [
        (code, name)
        for code, name in places
        if admission.of(code) is not AdmittedAs.NOT and visitor_roles(terms, code)
    ]
