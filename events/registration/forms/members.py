"""What a lead fills in about the people of the team."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    SelectField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.forms import ActForm, PlainText, unsafe_characters
from consortium.words import say
from events.institutes.domain import RoleRule
from events.registration.forms.fields import (
    name_field,
    offer_roles,
    tick_list,
    version_field,
    version_read,
)
from events.registration.models import Seat
from events.registration.service import MemberChange, NamedPerson

MOST_CHARACTERS = 100_000
MOST_NUMBERS = 10


class MemberForm(ActForm):
    """One member: who it is and what the person stands for."""

    name = name_field(say("Name"), say("Enter the name."))
    email = EmailField(
        say("E-mail address"),
        [DataRequired(say("Enter the e-mail address."))],
        description=say("The invitation goes there. Each person needs an own address."),
        render_kw={"autocomplete": "off"},
    )
    # Which roles there are is the rules' to say: their sentence names the one that is none.
    role = SelectField(say("Role"), [DataRequired(say("Choose the role."))], validate_choice=False)
    also = tick_list(
        say("Also fills"),
        description=say("Further roles that the same person fills in this team."),
        validate_choice=False,
    )
    shared = BooleanField(
        say("Serves another LEA's team too"),
        description=say("Tick this for a superintendent of two LEAs, for example."),
    )
    version = version_field()

    def about(self, rules: Sequence[RoleRule]) -> None:
        """Offer the roles that members of this team may fill."""
        offer_roles(self.role, rules)
        self.also.choices = [SelectChoice(rule.code, rule.label) for rule in rules]

    def fill(self, seat: Seat) -> None:
        """Show a member as stored."""
        self.name.data = seat.name
        self.email.data = seat.person.email
        self.role.data = seat.role_code
        self.also.data = list(seat.also_role_codes)
        self.shared.data = seat.shared
        self.version.data = str(seat.version)

    def to_person(self) -> NamedPerson:
        """Return whom the lead names."""
        further = [code for code in self.also.data or [] if code != self.role.data]
        return NamedPerson(
            name=self.name.data,
            email=self.email.data,
            role_codes=(self.role.data, *further),
            shared=self.shared.data,
        )

    def to_change(self) -> MemberChange:
        """Return what the lead wants of the member, and which version the page showed."""
        return MemberChange(person=self.to_person(), version=version_read(self.version))


class PastedLines(PlainText):
    """Validator: no control characters, and the numbers of the lines that have some."""

    def __init__(self) -> None:
        super().__init__(lines=True, longest=MOST_CHARACTERS)

    def __call__(self, form: Any, field: Any) -> None:
        """Raise ``ValidationError`` naming the lines to type again."""
        text = field.data or ""
        lines = text.split("\n") if len(text) <= self.longest else []
        wrong = [str(n) for n, line in enumerate(lines, 1) if unsafe_characters(line, lines=True)]
        if wrong:
            raise ValidationError(
                say(
                    "Hidden control characters stand in these lines: %(lines)s. Type them again.",
                    lines=", ".join(wrong[:MOST_NUMBERS]) + (" …" if wrong[MOST_NUMBERS:] else ""),
                )
            )
        super().__call__(form, field)


class PasteForm(ActForm):
    """Many members at once, copied from a spreadsheet."""

    lines = TextAreaField(
        say("Names, e-mail addresses and roles"),
        [PastedLines()],
        description=say(
            "One person on each line. Copy the cells from your spreadsheet, or type them with "
            "commas between."
        ),
        render_kw={"rows": 12, "spellcheck": "false"},
    )
    check = SubmitField(say("Check the lines"))
    save = SubmitField(say("Save these people"))
