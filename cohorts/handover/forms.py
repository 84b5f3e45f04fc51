"""What leads and hosts fill in when somebody leaves, and what a successor says."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import request
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from cohorts.handover.domain.leaving import Leaving, Successor
from cohorts.handover.domain.risk import RiskRules
from consortium.directory.domain import STATES
from consortium.fields import DayField, NumberField, read_whole
from consortium.forms import ActForm, Form, PlainText
from consortium.words import say

FROM_THE_LIST = say("Choose one from the list.")
NEEDED = [InputRequired(say("Write a number."))]
MOST_DAYS = 2000


class FindForm(Form):
    """Which partnerships somebody looks for; the address carries it."""

    class Meta(Form.Meta):
        """Nothing is changed by looking."""

        csrf = False

    q = StringField(say("District or school"))
    state = SelectField(say("State"))

    def __init__(self, states: Sequence[str], **values: Any) -> None:
        super().__init__(**values)
        self.state.choices = [
            SelectChoice("", say("Any")),
            *(SelectChoice(code, STATES.get(code, code)) for code in states),
        ]


class SuccessorForm(ActForm):
    """Who follows somebody who left."""

    follows = RadioField(
        say("Who follows?"),
        [InputRequired(say("Choose whether somebody follows."))],
        choices=[
            SelectChoice("named", say("Somebody, for good")),
            SelectChoice("interim", say("Somebody in the interim")),
        ],
    )
    successor = SelectField(
        say("Who it is"),
        invalid_choice_message=FROM_THE_LIST,
        description=say("Somebody of the partnership gives up the seat they had; it waits, too."),
    )
    name = StringField(say("Somebody new: name"), [PlainText(longest=80)])
    email = StringField(say("Somebody new: e-mail address"))

    def offer(self, people: Sequence[tuple[UUID, str]]) -> None:
        """Let the form choose among the people of the partnership."""
        self.successor.choices = [
            SelectChoice("", say("Somebody new")),
            *(SelectChoice(str(person_id), name) for person_id, name in people),
        ]

    def to_successor(self) -> Successor:
        """Return who was chosen or written down."""
        chosen = self.successor.data or ""
        return Successor(
            person_id=UUID(chosen) if chosen else None,
            name=self.name.data or "",
            email=self.email.data or "",
        )


class LeavingForm(SuccessorForm):
    """That somebody leaves."""

    person = SelectField(
        say("Who leaves"),
        [InputRequired(say("Choose who leaves."))],
        invalid_choice_message=FROM_THE_LIST,
    )
    left_on = DayField(say("Last day"), [InputRequired(say("Enter the last day."))])
    note = TextAreaField(
        say("A word to those who are told"),
        [PlainText(lines=True, longest=500)],
        description=say("Both sides read it."),
        render_kw={"rows": 2},
    )

    def __init__(self, people: Sequence[tuple[UUID, str]], **values: Any) -> None:
        super().__init__(**values)
        self.person.choices = [
            SelectChoice("", say("Choose")),
            *(SelectChoice(str(person_id), words) for person_id, words in people),
        ]
        self.follows.choices = [
            SelectChoice("named", say("Somebody, for good")),
            SelectChoice("interim", say("Somebody in the interim")),
            SelectChoice("open", say("Nobody is named yet: the seats wait")),
        ]

    def to_leaving(self) -> Leaving:
        """Return what was written down."""
        return Leaving(
            person_id=UUID(self.person.data),
            left_on=self.left_on.data,
            follows=self.follows.data,
            successor=self.to_successor(),
            note=self.note.data or "",
        )


class TickForm(ActForm):
    """A thing of the list that somebody has seen to."""

    item = HiddenField()

    @property
    def done(self) -> bool:
        """Whether the button pressed says that it is done."""
        return "undo" not in request.form


class ContactForm(ActForm):
    """How those who speak for a side may reach somebody."""

    shares_email = BooleanField(say("My e-mail address"))
    shares_phone = BooleanField(say("My telephone number"))


class RiskForm(ActForm):
    """From when on the consortium wants to know."""

    version = HiddenField(default="0")
    vacant_days = NumberField(
        say("An office of a leader may be empty for so many days"), NEEDED, most=MOST_DAYS
    )
    interim_days = NumberField(
        say("Somebody may lead in the interim for so many days"), NEEDED, most=MOST_DAYS
    )
    not_met_weeks = NumberField(
        say("Standing meetings may rest for so many weeks"),
        NEEDED,
        most=200,
        description=say("July and August do not count."),
    )
    missed_meetings = NumberField(
        say("So many cohort meetings in a row to which nobody came"), NEEDED, least=1, most=20
    )
    unsigned_days = NumberField(
        say("A side may leave the plan unsigned for so many days"), NEEDED, most=MOST_DAYS
    )

    def fill(self, rules: RiskRules, version: int) -> None:
        """Show what holds now."""
        self.version.data = str(version)
        self.vacant_days.data, self.interim_days.data = rules.vacant_days, rules.interim_days
        self.not_met_weeks.data = rules.not_met_weeks
        self.missed_meetings.data = rules.missed_meetings
        self.unsigned_days.data = rules.unsigned_days

    @property
    def read_version(self) -> int:
        """The version that the page showed."""
        return read_whole(self.version.data or "") or 0

    def to_rules(self) -> RiskRules:
        """Return what was written down."""
        return RiskRules(
            vacant_days=self.vacant_days.data or 0,
            interim_days=self.interim_days.data or 0,
            not_met_weeks=self.not_met_weeks.data or 0,
            missed_meetings=self.missed_meetings.data or 0,
            unsigned_days=self.unsigned_days.data or 0,
        )
