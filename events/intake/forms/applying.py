"""What applicants and their leaders fill in. Shape is checked here; rules live in ``domain``."""

from collections.abc import Sequence

from wtforms import EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from consortium.directory.forms import LeaPicker
from consortium.fields import NumberField
from consortium.forms import ActForm, PlainText
from consortium.people.domain import SIDE_WORDS, Side
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.institutes.models import Institute
from events.intake.models import Application, Pledge
from events.intake.service import Leader, NewApplication, Statement
from events.registration.domain import SCHOOL_SITE
from events.registration.forms.fields import name_field, offer_roles, tick_list

NO_ROLE = SelectChoice("", say("None of these; I only look after the application"))
DEFINITE = (Side.LABOR, Side.MANAGEMENT, Side.GOVERNANCE, Side.COMMUNITY)
LONGEST_STATEMENT = 6_000
LONGEST_REASON = 1_000
DECLINE = "decline"
"""What the names of the fields of ``DeclineForm`` begin with."""


class ApplyForm(LeaPicker, ActForm):
    """Which LEA applies, and who looks after the application."""

    site = StringField(
        say("School"), description=say("Teams of this institute come from one school each.")
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
        offer_roles(self.role, self._rules.values(), first=NO_ROLE)
        if SCHOOL_SITE not in institute.unit_types:
            del self.site

    def validate(self, extra_validators: object = None) -> bool:
        """Check the fields; a missing side counts although the field may stay empty."""
        valid = super().validate(extra_validators)
        if self._side() is None and not self.side.errors:
            self.side.errors = [say("Choose your side.")]
        return valid and not self.side.errors

    def to_application(self) -> NewApplication:
        """Return what the applicant said."""
        return NewApplication(
            lea_id=self.lea_id.data,
            name=self.name.data,
            side=self._side() or Side.OTHER,
            site=self.site.data or "" if "site" in self else "",
            role_code=self.role.data or "",
        )

    def _side(self) -> Side | None:
        rule = self._rules.get(self.role.data or "")
        if rule is not None and rule.side in DEFINITE:
            return rule.side
        return Side(self.side.data) if self.side.data in set(Side) else None


class StatementForm(VersionedForm, ActForm):
    """What an application says; it can be saved half-filled."""

    statement = TextAreaField(
        say("Statement of interest"),
        [PlainText(lines=True, longest=LONGEST_STATEMENT)],
        description=say("Why do you want to come, and what do both sides want to do afterwards?"),
        render_kw={"rows": 10},
    )
    seats_wanted = NumberField(
        say("How many people would come?"), description=say("Places are held for so many.")
    )
    goals = tick_list(say("What do you work on?"), validate_choice=False)

    def about(self, goals: Sequence[str], application: Application) -> None:
        """Offer the consortium's goals, and those that were chosen before."""
        offered = dict.fromkeys([*goals, *application.goals])
        self.goals.choices = [SelectChoice(goal, goal) for goal in offered]

    def fill(self, application: Application) -> None:
        """Show the application as stored."""
        self.statement.data = application.statement
        self.seats_wanted.process_data(application.seats_wanted or None)
        self.goals.data = list(application.goals)
        self.version.data = str(application.version)

    def to_statement(self) -> Statement:
        """Return what was written; a goal that nobody offered is left out."""
        offered = [choice.value for choice in self.goals.choices or ()]
        return Statement(
            statement=self.statement.data or "",
            seats_wanted=self.seats_wanted.data or 0,
            goals=tuple(goal for goal in offered if goal in (self.goals.data or ())),
        )


class LeaderForm(ActForm):
    """Who signs for an office."""

    name = name_field(say("Name"), say("Enter the name."))
    email = EmailField(
        say("E-mail address"),
        [DataRequired(say("Enter the e-mail address."))],
        description=say("The link goes there. Only who signs in with this address can sign."),
        render_kw={"autocomplete": "off"},
    )

    def fill(self, pledge: Pledge) -> None:
        """Show the leader as stored."""
        self.name.data, self.email.data = pledge.name, pledge.email

    def to_leader(self) -> Leader:
        """Return who it is."""
        return Leader(name=self.name.data, email=self.email.data)


class SignForm(ActForm):
    """A leader's own signature: the name, typed."""

    signed_as = name_field(
        say("Type your full name to sign"), say("Type your full name, or say that you do not sign.")
    )


class DeclineForm(ActForm):
    """Why a leader does not sign."""

    reason = TextAreaField(
        say("Reason"),
        [PlainText(lines=True, longest=LONGEST_REASON)],
        description=say("Whoever applies, and the host, read it."),
        render_kw={"rows": 3},
    )
