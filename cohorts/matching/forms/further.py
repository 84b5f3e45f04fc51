"""A round between two cohorts or groups, and what is said of a partnership in dispute."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from cohorts.matching.domain.disputes import Partnership, Standing
from cohorts.matching.domain.searching import SearchKind, Wish
from cohorts.matching.forms.peers import RunForm
from consortium.forms import ActForm, PlainText
from consortium.words import say


class BetweenForm(RunForm):
    """Between whom a round is."""

    own = SelectField(say("Of this one"))
    other = SelectField(say("With people of"))

    def offer(
        self, own: Sequence[tuple[str, str]], others: Sequence[tuple[UUID, str, str]]
    ) -> None:
        """Let the form choose among the groups here, and institutes and their groups there."""
        self.own.choices = [SelectChoice(group, words) for group, words in own]
        self.other.choices = [SelectChoice(f"{id_}|{group}", words) for id_, group, words in others]

    def to_wish(self, kind: SearchKind = SearchKind.WHOLE) -> Wish:
        """Return what to search for."""
        other, _, group = self.other.data.partition("|")
        return Wish(
            kind=kind,
            each=self.each.data,
            other=UUID(other),
            own_group=self.own.data,
            other_group=group,
        )


class StandingForm(ActForm):
    """What holds for the matching of one partnership."""

    whose = SelectField(say("Partnership"))
    in_dispute = BooleanField(
        say("It is in dispute: its people are matched with nobody"),
        description=say("Unless both sides of both partnerships agreed, below. Nobody is told."),
    )
    reason = TextAreaField(
        say("Why"),
        [PlainText(lines=True, longest=1000)],
        description=say("Only those who run the matching read it. Needed for a dispute."),
        render_kw={"rows": 3},
    )
    labor_agreed = BooleanField(say("Its labor side agreed to be matched all the same"))
    management_agreed = BooleanField(say("Its management side agreed to be matched all the same"))

    def offer(self, partnerships: Sequence[tuple[Partnership, str]]) -> None:
        """Let the form choose among these."""
        self.whose.choices = [
            SelectChoice(f"{each.lea_id}|{each.site}", title) for each, title in partnerships
        ]

    def to_partnership(self) -> Partnership:
        """Return which one is meant."""
        lea_id, _, site = self.whose.data.partition("|")
        return Partnership(lea_id, site)

    def to_standing(self) -> Standing:
        """Return what is said of it."""
        return Standing(
            in_dispute=self.in_dispute.data,
            labor_agreed=self.labor_agreed.data,
            management_agreed=self.management_agreed.data,
        )


YES, NO = "yes", "no"


class WillingForm(ActForm):
    """Whether a side agrees to be matched in a dispute."""

    said = RadioField(
        say("May your side's people be matched while a partnership is in dispute?"),
        choices=[
            SelectChoice(YES, say("Yes, they may meet people of partnerships that agreed too")),
            SelectChoice(NO, say("No, wait until the dispute is over")),
        ],
    )

    @property
    def agreed(self) -> bool:
        """Whether they may."""
        return bool(self.said.data == YES)

    def fill(self, *, agreed: bool) -> None:
        """Show what holds now."""
        self.said.data = YES if agreed else NO
