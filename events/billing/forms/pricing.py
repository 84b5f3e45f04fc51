"""What a team says that its price hangs on."""

from wtforms import StringField
from wtforms.fields.choices import SelectChoice

from consortium.fields import TicksField
from consortium.forms import ActForm
from consortium.words import say
from events.billing.models import Bill
from events.billing.service import Said, affiliations_for


class PriceSaidForm(ActForm):
    """Affiliations, and a discount code."""

    affiliations = TicksField(say("Our local is affiliated to"), choices=[])
    discount_code = StringField(say("Discount code"))

    def about(self, bill: Bill) -> None:
        """Show what was said before on a page just opened."""
        self._named = affiliations_for(bill)
        self.affiliations.choices = [SelectChoice(one, one) for one in self._named]
        if not self.is_submitted():
            self.affiliations.data = list(bill.affiliations)
            self.discount_code.data = bill.discount_code

    def to_said(self) -> Said:
        """Return what was filled in."""
        return Said(
            affiliations=tuple(one for one in self._named if one in (self.affiliations.data or ())),
            discount_code=self.discount_code.data or "",
        )
