"""What an institute costs, item by item."""

from wtforms import StringField
from wtforms.validators import DataRequired

from consortium.fields import PriceField
from consortium.forms import ActForm
from consortium.words import say
from events.billing.service import CostItem


class CostForm(ActForm):
    """One thing that costs something; the same name again takes the place of what stood there."""

    what = StringField(
        say("What it is"),
        [DataRequired(say("Write what it is, such as “Hotel”."))],
        description=say("Such as “Hotel”. The same name again changes the amount."),
    )
    amount = PriceField(say("Amount, in dollars"))

    def to_item(self) -> CostItem:
        """Return what was filled in."""
        return CostItem(what=self.what.data or "", cents=self.amount.cents)
