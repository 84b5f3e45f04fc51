"""A wave as its host plans it, and the list of whom it asks."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import EmailField, FileField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from cohorts.learning.models import Partnership
from cohorts.surveys.domain.listing import SIDES, read_listed
from cohorts.surveys.domain.places import GROUP_WORDS, Listed
from cohorts.surveys.domain.waves import KEPT
from cohorts.surveys.models import SurveyInstrument, SurveyWave, WaveKind
from cohorts.surveys.service.waves import Plan
from consortium.fields import DayField, TicksField, refuse
from consortium.forms import ActForm
from consortium.people.domain import SIDE_WORDS
from consortium.sheet_forms import SheetForm
from consortium.tenants.domain.places import HOME_ZONES, other_zones
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.facade import InstituteView

KIND_WORDS = {
    WaveKind.BASELINE: say("Baseline: how it is before"),
    WaveKind.FOLLOWUP: say("Follow-up: how it is after"),
    WaveKind.LATER: say("Later: whether it lasts"),
}


class WaveForm(VersionedForm, ActForm):
    """What a host sets of a wave at any time."""

    title = StringField(
        say("Title"),
        [InputRequired(say("Give it a title."))],
        description=say("The subject of the mail, and what people see on top."),
    )
    kind = SelectField(
        say("Kind"), choices=[SelectChoice(kind.value, words) for kind, words in KIND_WORDS.items()]
    )
    opens_on = DayField(say("Opens on"), [InputRequired(say("Say on which day it opens."))])
    closes_on = DayField(
        say("Last day for answers"), [InputRequired(say("Say which is the last day."))]
    )
    time_zone = SelectField(
        say("Time zone"),
        description=say("It opens and closes at midnight there."),
        validate_choice=False,
    )
    collector = StringField(
        say("Who collects the answers"),
        [InputRequired(say("Say who collects the answers: people read it before they begin."))],
        description=say("Such as a university, or the name of your consortium."),
    )
    names_until = DayField(
        say("Keep names until"),
        [Optional()],
        description=say(
            "Then names are deleted, and with them the only way from a person to an answer. Keep "
            "them until the follow-up is over. Empty: 400 days after the last day."
        ),
    )

    def offer_zones(self) -> None:
        """Offer the zones, those of the states first."""
        near = [SelectChoice(name, words) for name, words in HOME_ZONES]
        self.time_zone.choices = [*near, *(SelectChoice(one, one) for one in other_zones())]

    def fill(self, wave: SurveyWave) -> None:
        """Show a wave."""
        for field in (self.title, self.opens_on, self.closes_on, self.time_zone, self.collector):
            field.data = getattr(wave, field.name)
        self.names_until.data = wave.names_until
        self.kind.data = wave.kind.value
        self.version.data = str(wave.version)

    def validate_time_zone(self, field: SelectField) -> None:
        """Take only zones there are."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(say("Choose a time zone of the list."))

    @property
    def plan(self) -> Plan:
        """What was set."""
        closes_on: date = self.closes_on.data
        return Plan(
            title=self.title.data,
            kind=WaveKind(self.kind.data),
            opens_on=self.opens_on.data,
            closes_on=closes_on,
            time_zone=self.time_zone.data,
            collector=self.collector.data,
            names_until=self.names_until.data or closes_on + KEPT,
        )


class NewWaveForm(WaveForm):
    """A new wave: what is asked, and of whom."""

    instrument = SelectField(say("Instrument"))
    institute = SelectField(
        say("Whom it asks"),
        description=say("All teams of a cohort or institute, or only those chosen below."),
    )
    partnerships = TicksField(say("Partnerships"), validate_choice=True)

    def offer(
        self,
        instruments: Sequence[SurveyInstrument],
        institutes: Sequence[InstituteView],
        partnerships: Sequence[Partnership],
    ) -> None:
        """Offer what there is."""
        self.offer_zones()
        self.instrument.choices = [
            SelectChoice(
                str(one.id), say("%(title)s (version %(n)s)", title=one.title, n=one.number)
            )
            for one in instruments
        ]
        self.institute.choices = [
            SelectChoice("", say("Only the partnerships chosen below")),
            *(SelectChoice(str(one.id), one.title) for one in institutes),
        ]
        self.partnerships.choices = [SelectChoice(str(one.id), one.title) for one in partnerships]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for someone to be asked."""
        valid = super().validate(extra_validators)
        if not self.institute.data and not self.partnerships.data:
            valid = refuse(self.institute, say("Choose a cohort, or at least one partnership."))
        return valid

    @property
    def institute_id(self) -> UUID | None:
        """The cohort whose teams are asked."""
        return UUID(self.institute.data) if self.institute.data else None

    @property
    def partnership_ids(self) -> list[UUID]:
        """The partnerships chosen, where no cohort is."""
        if self.institute.data:
            return []
        return [UUID(one) for one in self.partnerships.data or ()]


class PersonForm(ActForm):
    """One person to be asked."""

    name = StringField(say("Name"), [InputRequired(say("Enter the name."))])
    email = EmailField(say("E-mail address"), [InputRequired(say("Enter the e-mail address."))])
    school = StringField(say("School"), description=say("Empty: the district office."))
    group = SelectField(
        say("Role group"),
        choices=[SelectChoice(group.value, words) for group, words in GROUP_WORDS.items()],
    )
    side = SelectField(
        say("Side"),
        choices=[
            SelectChoice("", say("As usual for the role group")),
            *(SelectChoice(side.value, SIDE_WORDS[side]) for side in SIDES),
        ],
    )

    @property
    def listed(self) -> Listed:
        """Who it is. Raises ``Refusal``."""
        return read_listed(
            self.name.data, self.email.data, self.school.data, self.group.data, self.side.data
        )


class StaffListForm(SheetForm, ActForm):
    """A list of a partnership's staff."""

    file = FileField(
        say("The list"),
        description=say(
            "XLSX or CSV. The first row names the columns: Name, E-mail, School, Role group, Side."
        ),
    )
