"""What a report is asked for; publishing it, and taking it back."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from flask import request
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from cohorts.reports.domain.scope import TITLES, Period, ReportKind, Scope
from cohorts.reports.models import Grant
from consortium.directory.domain.states import ALL_STATES
from consortium.fields import DayField, refuse
from consortium.forms import ActForm, Form
from consortium.words import say

FIRST_MONTH = 7


def usual_period(today: date) -> tuple[date, date]:
    """Return the school year in which a day lies: from July 1 to June 30."""
    first = today.year if today.month >= FIRST_MONTH else today.year - 1
    return date(first, 7, 1), date(first + 1, 6, 30)


class ReadingForm(Form):
    """A form whose fields stand in the address: reading changes nothing."""

    class Meta(Form.Meta):
        """Without CSRF, so that the address can be kept."""

        csrf = False


class PeriodForm(ReadingForm):
    """Which days a page looks at; ``asked`` tells whether somebody chose them."""

    first = DayField(say("From"), [InputRequired(say("Choose a first day."))])
    last = DayField(say("To"), [InputRequired(say("Choose a last day."))])

    def __init__(self, today: date, **options: Any) -> None:
        self.asked = "first" in request.values
        super().__init__(request.values if self.asked else None, **options)
        if not self.asked:
            self.first.data, self.last.data = usual_period(today)


class ReportForm(PeriodForm):
    """Which report, of which days, of which grant and states."""

    kind = SelectField(
        say("Report"),
        choices=[SelectChoice(one.value, words) for one, words in TITLES.items()],
    )
    grant = SelectField(say("Grant"), default="")
    states = StringField(
        say("States"),
        description=say("Their letters, such as NJ, DE. Empty: every state."),
    )

    def __init__(self, today: date, grants: Iterable[Grant], **options: Any) -> None:
        super().__init__(today, **options)
        self.grant.choices = [
            SelectChoice("", say("All institutes and cohorts")),
            *(SelectChoice(str(one.id), one.words) for one in grants),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that the states are states."""
        valid = super().validate(extra_validators)
        for code in self.codes:
            if code not in ALL_STATES:
                return refuse(
                    self.states, say("“%(code)s” is no state. Write its letters.", code=code)
                )
        return valid

    @property
    def codes(self) -> tuple[str, ...]:
        """The states as they were written, in order."""
        text = (self.states.data or "").upper().replace(",", " ").replace(";", " ")
        return tuple(sorted(set(text.split())))

    def to_scope(self) -> Scope:
        """Return what is asked for. Raises ``ReportRefused`` for a period nobody means."""
        return Scope(
            kind=ReportKind(self.kind.data),
            period=Period(first=self.first.data, last=self.last.data),
            grant_id=UUID(self.grant.data) if self.grant.data else None,
            states=self.codes,
        )


class PublishForm(ActForm):
    """Publish what the page shows."""


class TakeBackForm(ActForm):
    """Why a published report is taken back."""

    why = StringField(say("Why it is taken back"), [InputRequired(say("Say in a few words why."))])
