"""What the host decides about applying."""

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.fields import NumberField, refuse
from consortium.forms import Form, PlainText
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.institutes.models import Institute
from events.intake.domain import GROUNDS, Ground, Mix, Wording, stratum_words
from events.intake.service import Aim, PledgeTerms, aim_of, chosen_roles, pledge_wording
from events.registration.forms.fields import tick_list

LONGEST = 4_000
SHARE = "share-"
"""What the names of the fields of shares begin with."""


class PledgesForm(VersionedForm):
    """Whose pledge an application needs, and what they sign."""

    roles = tick_list(
        say("Who signs"),
        description=say(
            "If you tick nobody, the roles that a team must have sign; where none must, the first "
            "role of management and the first of labor."
        ),
        validate_choice=False,
    )
    wording = TextAreaField(
        say("What they sign"),
        [
            DataRequired(say("Write what they sign.")),
            PlainText(lines=True, longest=LONGEST),
        ],
        render_kw={"rows": 5},
    )

    def about(self, institute: Institute) -> None:
        """Offer the institute's roles."""
        rules = [rule for rule in institute.terms.roles if not rule.for_visitors]
        self.roles.choices = [SelectChoice(rule.code, rule.label) for rule in rules]

    def fill(self, institute: Institute) -> None:
        """Show what is decided."""
        self.roles.data = list(chosen_roles(institute))
        self.wording.data = pledge_wording(institute)
        self.version.data = str(institute.version)

    def to_terms(self) -> PledgeTerms:
        """Return what was decided."""
        return PledgeTerms(roles=tuple(self.roles.data or ()), wording=self.wording.data)


class GroundForm(Form):
    """By what the mix tells applicants apart; chosen first, since the parts follow from it."""

    class Meta(Form.Meta):
        """It is only read."""

        csrf = False

    by = RadioField(
        say("Balance applicants by"),
        choices=[SelectChoice(ground.value, words) for ground, words in GROUNDS.items()],
    )


class MixForm(VersionedForm):
    """How many teams come, and which share each part has."""

    places = NumberField(say("How many teams can come?"))
    explanation = TextAreaField(
        say("How you choose, for applicants"),
        [PlainText(lines=True, longest=LONGEST)],
        description=say("It stands on each applicant's page once the letters are out."),
        render_kw={"rows": 4},
    )

    @classmethod
    def of(cls, ground: Ground, codes: Sequence[str]) -> "MixForm":
        """Return the form with a field for the share of each part."""
        fields = {
            SHARE + code: NumberField(stratum_words(ground, code), default=0) for code in codes
        }
        form: MixForm = type("MixFormOfParts", (cls,), fields)()
        form.ground, form.codes = ground, tuple(codes)
        return form

    ground: Ground
    codes: tuple[str, ...]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a mix needs places and a share."""
        valid = super().validate(extra_validators)
        if not self.places.data and not self.places.errors:
            valid = refuse(self.places, say("Write how many teams can come."))
        return valid

    @property
    def shares(self) -> list[Any]:
        """The fields of the shares."""
        return [self[SHARE + code] for code in self.codes]

    def fill(self, institute: Institute) -> None:
        """Show what is decided; a share where the parts are the same as before."""
        aim = aim_of(institute)
        self.places.process_data(aim.places or None)
        self.explanation.data = aim.explanation
        self.version.data = str(institute.version)
        for code in self.codes if aim.mix.by is self.ground else ():
            self[SHARE + code].data = aim.mix.shares.get(code, 0)

    def to_aim(self) -> Aim:
        """Return what was decided."""
        shares = {code: self[SHARE + code].data or 0 for code in self.codes}
        return Aim(
            mix=Mix(by=self.ground, shares=shares),
            places=self.places.data or 0,
            explanation=self.explanation.data or "",
        )


class LetterForm(VersionedForm):
    """A letter's subject and text."""

    subject = StringField(say("Subject"), [DataRequired(say("Write a subject."))])
    text = TextAreaField(
        say("Text"),
        [DataRequired(say("Write the letter.")), PlainText(lines=True, longest=LONGEST)],
        description=say("Leave a blank line between paragraphs."),
        render_kw={"rows": 14},
    )

    def fill(self, wording: Wording, institute: Institute) -> None:
        """Show the letter as it is."""
        self.subject.data, self.text.data = wording.subject, wording.text
        self.version.data = str(institute.version)

    def to_wording(self) -> Wording:
        """Return the letter as written."""
        return Wording(subject=self.subject.data or "", text=self.text.data or "")
