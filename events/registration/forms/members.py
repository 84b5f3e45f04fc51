"""What a lead fills in about the people of the team."""

from collections.abc import Mapping, Sequence
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

from consortium.forms import ActForm, KeptForm, PlainText, unsafe_characters
from consortium.words import say
from events.institutes.domain import RoleRule
from events.registration.forms.fields import (
    base_field,
    base_read,
    name_field,
    offer_roles,
    tick_list,
    written_base,
)
from events.registration.models import Seat
from events.registration.service import MemberChange, NamedPerson, Substitution

MOST_CHARACTERS = 100_000
MOST_NUMBERS = 10


class MemberForm(KeptForm):
    """One member: who it is and what the person stands for."""

    name = name_field(say("Name"), say("Enter the name."))
    email = EmailField(
        say("E-mail address"),
        [DataRequired(say("Enter the e-mail address."))],
        description=say("The invitation goes there. Each person needs their own address."),
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
    base = base_field()

    def about(self, rules: Sequence[RoleRule]) -> None:
        """Offer the roles that members of this team may fill."""
        offer_roles(self.role, rules)
        self.also.choices = [SelectChoice(rule.code, rule.label) for rule in rules]

    def fill(self, seat: Seat) -> None:
        """Show a member as stored."""
        stored = _stored(seat)
        self.show(stored)
        self.rest_on(seat)

    def show(self, values: Mapping[str, Any]) -> None:
        """Show a member with these values."""
        self.name.data = values["name"]
        self.email.data = values["email"]
        self.role.data = values["role"]
        self.also.data = list(values["also"])
        self.shared.data = values["shared"]

    def rest_on(self, seat: Seat) -> None:
        """Remember the member as stored now as what the page was opened with."""
        self.base.data = written_base(_stored(seat))

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
        """Return what the lead wants of the member, and what the page showed."""
        read = base_read(self.base)
        if not _is_member(read):
            return MemberChange(person=self.to_person())
        base = NamedPerson(
            name=read["name"],
            email=read["email"],
            role_codes=(read["role"], *read["also"]),
            shared=read["shared"],
        )
        return MemberChange(person=self.to_person(), base=base)


class KeepForm(ActForm):
    """For which role a seat is kept."""

    role = SelectField(say("Role"), [DataRequired(say("Choose the role."))], validate_choice=False)

    def about(self, rules: Sequence[RoleRule]) -> None:
        """Offer the roles that members of this team may fill."""
        offer_roles(self.role, rules)


class SubstituteForm(MemberForm):
    """Who comes instead of a member, and why."""

    reason = TextAreaField(
        say("Reason"),
        [PlainText(lines=True, longest=1000)],
        description=say("Whoever has to agree reads it."),
        render_kw={"rows": 3},
    )

    def fill(self, seat: Seat) -> None:
        """Offer the roles of whoever goes; the rest is the new person's."""
        self.role.data = seat.role_code
        self.also.data = list(seat.also_role_codes)

    def to_substitution(self) -> Substitution:
        """Return who comes instead."""
        return Substitution(person=self.to_person(), reason=self.reason.data or "")


def _stored(seat: Seat) -> dict[str, Any]:
    return {
        "name": seat.name,
        "email": seat.person.email,
        "role": seat.role_code,
        "also": list(seat.also_role_codes),
        "shared": seat.shared,
    }


def _is_member(read: Mapping[str, Any]) -> bool:
    """Tell whether what came back as the page's base is what ``_stored`` writes."""
    texts = all(isinstance(read.get(key), str) and read[key] for key in ("name", "email", "role"))
    also = read.get("also")
    codes = isinstance(also, list) and all(isinstance(code, str) for code in also)
    return texts and codes and isinstance(read.get("shared"), bool)


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
