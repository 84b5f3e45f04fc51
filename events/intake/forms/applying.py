"""What applicants and their leaders fill in. Shape is checked here; rules live in ``domain``."""

from collections.abc import Sequence

from wtforms import EmailField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.fields import NumberField
from consortium.forms import ActForm, KeptForm, PlainText
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.intake.models import Application, Pledge
from events.intake.service import Leader, NewApplication, Statement
from events.registration.forms.beginning import BeginForm
from events.registration.forms.fields import name_field, tick_list

LONGEST_STATEMENT = 6_000
LONGEST_REASON = 1_000
DECLINE = "decline"
"""What the names of the fields of ``DeclineForm`` begin with."""


class ApplyForm(BeginForm, KeptForm):
    """Which LEA applies, and who looks after the application."""

    no_role = say("None of these; I only look after the application")

    def to_application(self) -> NewApplication:
        """Return what the applicant said."""
        return NewApplication(
            lea_id=self.lea_id.data,
            name=self.name.data,
            side=self.chosen_side,
            site=self.school,
            role_code=self.role.data or "",
        )


class StatementForm(VersionedForm, KeptForm):
    """What an application says; it can be saved half-filled."""

    statement = TextAreaField(
        say("Statement of interest"),
        [PlainText(lines=True, longest=LONGEST_STATEMENT)],
        description=say("Why do you want to come, and what do both sides want to do afterwards?"),
        render_kw={"rows": 10},
    )
    seats_wanted = NumberField(
        say("How many people would come?"),
        description=say("If you are selected, that many places are held for you."),
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
        description=say(
            "The link goes there. Only someone who signs in with this address can sign."
        ),
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
