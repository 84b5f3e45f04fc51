"""What someone says who begins for an LEA: a team's lead, or whoever applies."""

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consortium.directory.forms import LeaPicker
from consortium.forms import ActForm
from consortium.people.domain import SIDE_WORDS, Side
from consortium.words import Sentence, say
from events.institutes.models import Institute
from events.registration.domain import SCHOOL_SITE
from events.registration.forms.fields import name_field, offer_roles

DEFINITE = (Side.LABOR, Side.MANAGEMENT, Side.GOVERNANCE, Side.COMMUNITY)


class BeginForm(LeaPicker, ActForm):
    """Which LEA comes, and who begins for it, in which role and from which side."""

    no_role: Sentence
    """What the choice says of someone who has none of the roles."""

    site = StringField(
        say("School"),
        description=say("Teams of this institute come from one school each."),
    )
    name = name_field(say("Your name"), say("Enter your name."))
    role = SelectField(say("Your role"), default="", validate_choice=False)
    side = RadioField(
        say("Your side"),
        [Optional()],
        choices=[SelectChoice(side.value, SIDE_WORDS[side]) for side in (*DEFINITE, Side.OTHER)],
        description=say("Only needed when your role does not say it."),
    )

    def about(self, institute: Institute) -> None:
        """Offer the institute's own roles; ask for the school only where schools send teams."""
        self._rules = {rule.code: rule for rule in institute.terms.roles if not rule.for_visitors}
        offer_roles(self.role, self._rules.values(), first=SelectChoice("", self.no_role))
        if SCHOOL_SITE not in institute.unit_types:
            del self.site

    def validate(self, extra_validators: object = None) -> bool:
        """Check the fields; a missing side counts although the field may stay empty."""
        valid = super().validate(extra_validators)
        if self._side() is None and not self.side.errors:
            self.side.errors = [say("Choose your side.")]
        return valid and not self.side.errors

    @property
    def chosen_side(self) -> Side:
        """The side that the role stands for, or else the one that was chosen."""
        return self._side() or Side.OTHER

    @property
    def school(self) -> str:
        """The school's name, where schools send teams."""
        return self.site.data or "" if "site" in self else ""

    def _side(self) -> Side | None:
        rule = self._rules.get(self.role.data or "")
        if rule is not None and rule.side in DEFINITE:
            return rule.side
        return Side(self.side.data) if self.side.data in set(Side) else None
