"""What is written down of a grant."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import HiddenField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from cohorts.reports.models import Grant
from cohorts.reports.service.grants import GrantFacts
from consortium.fields import NO_PRICE, DayField, PriceField, TicksField, read_whole, refuse
from consortium.forms import KeptForm
from consortium.words import say


class GrantForm(KeptForm):
    """A grant: who gives how much, from when to when, for which institutes."""

    funder = StringField(say("Funder"), [InputRequired(say("Name the funder."))])
    number = StringField(
        say("Grant number"),
        [InputRequired(say("Write the grant's number."))],
        description=say("As the funder writes it; reports quote it."),
    )
    title = StringField(say("What it is for"), [InputRequired(say("Say what it is for."))])
    first_day = DayField(say("First day"), [InputRequired(say("Choose the first day."))])
    last_day = DayField(say("Last day"), [InputRequired(say("Choose the last day."))])
    amount = PriceField(say("Amount in dollars"), [InputRequired(NO_PRICE)])
    cash_match = PriceField(say("Match in cash, in dollars"), default="0.00")
    in_kind = PriceField(
        say("Match in kind, in dollars"),
        default="0.00",
        description=say("Rooms, release time and the like, in what they would have cost."),
    )
    institutes = TicksField(say("Institutes and cohorts that it pays for"))
    version = HiddenField(default="1")

    def __init__(self, institutes: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(**options)
        self.institutes.choices = [
            SelectChoice(str(institute_id), title) for institute_id, title in institutes
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that amounts are amounts."""
        valid = super().validate(extra_validators)
        for field in (self.amount, self.cash_match, self.in_kind):
            if field.data and field.cents is None:
                valid = refuse(field, NO_PRICE)
        return valid

    def fill(self, grant: Grant) -> None:
        """Show a grant."""
        for name in ("funder", "number", "title", "first_day", "last_day"):
            self[name].data = getattr(grant, name)
        self.amount.fill(grant.amount_cents)
        self.cash_match.fill(grant.cash_match_cents)
        self.in_kind.fill(grant.in_kind_cents)
        self.institutes.data = [str(one.institute_id) for one in grant.pays_for]
        self.version.data = str(grant.version)

    def to_facts(self) -> GrantFacts:
        """Return what was written. Raises ``ReportRefused`` for days out of order."""
        return GrantFacts(
            funder=" ".join((self.funder.data or "").split()),
            number=" ".join((self.number.data or "").split()),
            title=" ".join((self.title.data or "").split()),
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            amount_cents=self.amount.cents or 0,
            cash_match_cents=self.cash_match.cents or 0,
            in_kind_cents=self.in_kind.cents or 0,
            institute_ids=frozenset(UUID(one) for one in self.institutes.data or ()),
        )

    @property
    def seen_version(self) -> int:
        """The version that was on the page; none that there is where it is not a number."""
        return read_whole(str(self.version.data or "")) or 0
