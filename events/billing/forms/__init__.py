"""What leads and payers fill in about money."""

from events.billing.forms.answering import DeclineForm, OrderForm
from events.billing.forms.costs import CostForm
from events.billing.forms.payers import PayerForm
from events.billing.forms.pricing import PriceSaidForm
from events.billing.forms.sharing import SharesForm

__all__ = ["CostForm", "DeclineForm", "OrderForm", "PayerForm", "PriceSaidForm", "SharesForm"]
