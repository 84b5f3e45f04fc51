"""A new institute, and its basics."""

from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from consortium.fields import DayField
from consortium.forms import ActForm
from consortium.tenants.domain.places import HOME_ZONES, other_zones
from consortium.tenants.forms import VersionedForm
from consortium.tenants.models import Tenant
from consortium.words import say
from events.institutes.domain.sections import Basics
from events.institutes.domain.wording import KINDS, in_words
from events.institutes.models import Institute
from events.institutes.service.editing import FirstDraft
from events.institutes.service.sections import section_of

FROM_THE_LIST = say("Choose one from the list.")


def kinds(own: str = "") -> list[SelectChoice]:
    """Return the kinds to choose from, the institute's own among them."""
    known = [SelectChoice(kind, words) for kind, words in KINDS.items()]
    return known if own in KINDS or not own else [*known, SelectChoice(own, in_words(own, {}))]


def zones() -> dict[str, list[SelectChoice]]:
    """Return the time zones to choose from, those at home first."""
    return {
        say("United States"): [SelectChoice(name, words) for name, words in HOME_ZONES],
        say("Elsewhere"): [SelectChoice(name, name.replace("_", " ")) for name in other_zones()],
    }


class NewInstituteForm(ActForm):
    """What is needed to begin; the rest starts as is usual."""

    title = StringField(say("Title"), [DataRequired(say("Give it a title."))])
    kind = SelectField(say("Kind"), choices=kinds())
    first_day = DayField(
        say("First day"),
        [Optional()],
        description=say("Leave the days empty when they are not set yet."),
    )
    last_day = DayField(say("Last day"), [Optional()])
    venue = StringField(say("Venue"), description=say("The place, or “online”."))
    time_zone = SelectField(say("Time zone"), choices=[])

    def __init__(self, tenant: Tenant) -> None:
        super().__init__(data={"time_zone": tenant.time_zone, "kind": "institute"})
        self.time_zone.choices = zones()

    def to_draft(self) -> FirstDraft:
        """Return what was filled in."""
        return FirstDraft(
            title=self.title.data or "",
            kind=self.kind.data or "institute",
            time_zone=self.time_zone.data or "",
            venue=self.venue.data or "",
            first_day=self.first_day.data,
            last_day=self.last_day.data,
        )


class BasicsForm(VersionedForm):
    """What it is, where, and who registers."""

    title = StringField(say("Title"), [DataRequired(say("Give it a title."))])
    kind = SelectField(say("Kind"), choices=[])
    venue = StringField(say("Venue"), description=say("The place, or “online”."))
    time_zone = SelectField(
        say("Time zone"),
        choices=[],
        description=say(
            "Sessions keep their time of day: what begins at 9:00 begins at 9:00 there."
        ),
    )
    summary = TextAreaField(
        say("Summary"), description=say("A few sentences at the top of its page.")
    )
    registrant = StringField(
        say("Who registers a team"),
        description=say("In your own words, such as “the superintendent or the local president”."),
    )

    def __init__(self, institute: Institute) -> None:
        stored: Basics = section_of(institute, Basics)
        data: dict[str, Any] = {**vars(stored), "version": str(institute.version)}
        super().__init__(data=data)
        self.kind.choices = kinds(institute.kind)
        self.time_zone.choices = zones()

    def to_section(self) -> Basics:
        """Return what was filled in."""
        return Basics(
            title=self.title.data or "",
            kind=self.kind.data or "institute",
            venue=self.venue.data or "",
            time_zone=self.time_zone.data or "",
            summary=self.summary.data or "",
            registrant=self.registrant.data or "",
        )
