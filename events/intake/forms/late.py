"""What a host fills in to take an application although applying has closed."""

from wtforms import EmailField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from consortium.directory.forms import LeaPicker
from consortium.fields import DayField
from consortium.forms import ActForm, PlainText
from consortium.people.domain import SIDE_WORDS, Side
from consortium.words import say
from events.institutes.models import Institute
from events.intake.models import Application
from events.intake.service import Leave, NewApplication
from events.registration.domain import SCHOOL_SITE
from events.registration.forms.beginning import DEFINITE
from events.registration.forms.fields import name_field

LONGEST_REASON = 1_000
LATE = "late"
"""What the names of the fields begin with where the form stands beside others."""


class LeaveForm(ActForm):
    """Until when an application is still taken, and why."""

    until = DayField(
        say("Last day"),
        [DataRequired(say("Choose the last day."))],
        description=say(
            "The application must be submitted, and its leaders must have signed, by the end of "
            "this day."
        ),
    )
    reason = TextAreaField(
        say("Why?"),
        [DataRequired(say("Write the reason.")), PlainText(lines=True, longest=LONGEST_REASON)],
        description=say("It stays in the history. Hosts read it, applicants do not."),
        render_kw={"rows": 3},
    )

    def fill(self, application: Application) -> None:
        """Show what was allowed before."""
        self.until.data, self.reason.data = application.late_until, application.late_reason

    def to_leave(self) -> Leave:
        """Return what was allowed."""
        return Leave(until=self.until.data, reason=self.reason.data)


class LateApplicationForm(LeaPicker, LeaveForm):
    """Which LEA comes late, and who looks after its application."""

    site = StringField(
        say("School"), description=say("Teams of this institute come from one school each.")
    )
    name = name_field(say("Applicant's name"), say("Enter the applicant's name."))
    email = EmailField(
        say("Applicant's e-mail address"),
        [DataRequired(say("Enter the applicant's e-mail address."))],
        description=say("A mail goes there. The applicant writes the rest and submits it."),
        render_kw={"autocomplete": "off"},
    )
    side = RadioField(
        say("Applicant's side"),
        [InputRequired(say("Choose the applicant's side."))],
        choices=[SelectChoice(side.value, SIDE_WORDS[side]) for side in (*DEFINITE, Side.OTHER)],
    )

    def about(self, institute: Institute) -> None:
        """Ask for the school only where schools send teams."""
        if SCHOOL_SITE not in institute.unit_types:
            del self.site

    def to_application(self) -> NewApplication:
        """Return whose application it is."""
        return NewApplication(
            lea_id=self.lea_id.data,
            name=self.name.data,
            side=Side(self.side.data),
            site=self.site.data or "" if "site" in self else "",
        )
