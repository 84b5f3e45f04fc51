"""What a consortium's staff fill in about it. Shape is checked here; rules live in ``domain``."""

import re

from wtforms import (
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from consortium.access import StaffRole
from consortium.errors import Refusal
from consortium.forms import ActForm, Form
from consortium.tenants.domain.consortia import PARTNER_WORDS, PartnerRole, Profile
from consortium.tenants.domain.places import HOME_ZONES, other_zones, read_states
from consortium.tenants.models import Tenant
from consortium.tenants.service.staff import MAY, ROLE_WORDS
from consortium.words import say

VERSION = re.compile(r"[0-9]{1,9}")
NEVER = -1


class VersionedForm(Form):
    """A form filled from a row of which someone else may have the page open, too."""

    version = HiddenField(default="0")

    @property
    def read_version(self) -> int:
        """The version the page was filled from; an unreadable one counts as stale."""
        text = str(self.version.data or "")
        return int(text) if VERSION.fullmatch(text) else NEVER


class ProfileForm(VersionedForm):
    """What the consortium shows of itself."""

    name = StringField(say("Name"), [InputRequired(say("Enter the consortium's name."))])
    states = StringField(
        say("States"),
        [InputRequired(say("Name at least one state, like NJ."))],
        description=say("The states it serves, with commas between: NJ, DE."),
    )
    time_zone = SelectField(
        say("Time zone"),
        description=say("New institutes start with this zone."),
        validate_choice=False,
    )
    brand_colour = StringField(
        say("Brand color"),
        [InputRequired(say("Enter a color, like #1f4e79."))],
        description=say(
            "Buttons and the top edge of pages and mails have it. White text on it must be easy "
            "to read; we check that. Write # and six digits or letters, like #1f4e79."
        ),
    )
    reply_address = EmailField(
        say("Reply address"),
        [InputRequired(say("Enter the address that answers go to."))],
        description=say("Answers to our mails go here, and pages name it for questions."),
    )

    def __init__(self, tenant: Tenant) -> None:
        super().__init__(
            data={
                "name": tenant.name,
                "states": ", ".join(tenant.states),
                "time_zone": tenant.time_zone,
                "brand_colour": tenant.brand_colour,
                "reply_address": tenant.reply_address,
                "version": str(tenant.version),
            }
        )
        self.time_zone.choices = {
            say("United States"): [SelectChoice(name, words) for name, words in HOME_ZONES],
            say("Elsewhere"): [
                SelectChoice(name, name.replace("_", " ")) for name in other_zones()
            ],
        }

    def validate_states(self, field: StringField) -> None:
        """Read the list now, so that its fault stands beside the field."""
        try:
            read_states(field.data or "")
        except Refusal as refusal:
            raise ValidationError(refusal.message) from refusal

    def to_profile(self) -> Profile:
        """Return what was filled in."""
        return Profile(
            name=self.name.data or "",
            states=read_states(self.states.data or ""),
            time_zone=self.time_zone.data or "",
            brand_colour=self.brand_colour.data or "",
            reply_address=self.reply_address.data or "",
        )


class GoalsForm(VersionedForm):
    """The goals that participants choose from."""

    goals = TextAreaField(
        say("Goals"),
        [InputRequired(say("Keep at least one goal: people choose from this list."))],
        description=say("One goal on each line, in the order people should see."),
        render_kw={"rows": 14},
    )

    def __init__(self, tenant: Tenant) -> None:
        super().__init__(
            data={"goals": "\n".join(tenant.goals), "version": str(tenant.version)},
        )

    @property
    def lines(self) -> list[str]:
        """The goals as they were written."""
        return (self.goals.data or "").splitlines()


class PartnerForm(ActForm):
    """An organisation to add."""

    name = StringField(
        say("Name of the organization"), [InputRequired(say("Enter the organization's name."))]
    )
    role = SelectField(
        say("What it does"),
        choices=[SelectChoice(role.value, PARTNER_WORDS[role]) for role in PartnerRole],
        default=PartnerRole.PARTNER.value,
    )

    @property
    def chosen_role(self) -> PartnerRole:
        """What the organisation does."""
        return PartnerRole(self.role.data)


class AppointForm(ActForm):
    """Someone to appoint."""

    email = EmailField(
        say("E-mail address"),
        [InputRequired(say("Enter the person's e-mail address."))],
        description=say("They sign in with this address."),
    )
    name = StringField(say("Name"), description=say("Used only if we do not know it yet."))
    role = RadioField(
        say("Role"),
        [InputRequired(say("Choose a role."))],
        choices=[
            SelectChoice(role.value, say("%(role)s. %(may)s", role=ROLE_WORDS[role], may=MAY[role]))
            for role in StaffRole
        ],
    )

    @property
    def chosen_role(self) -> StaffRole:
        """The role to give."""
        return StaffRole(self.role.data)
