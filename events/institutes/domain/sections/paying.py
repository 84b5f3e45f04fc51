"""How an institute is paid for, as coordinators write it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consortium.words import say
from events.institutes.domain.sections.saying import Facts, InstituteRefused
from events.institutes.domain.terms import PaymentTerms
from events.institutes.domain.terms.sentences import orders_in_words, refunds_in_words
from events.institutes.domain.wording import day_in_words


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Due days, purchase orders and refunds."""

    name: ClassVar[str] = "terms"
    terms: PaymentTerms

    def check_cutoff(self, *, today: date, days: Sequence[date]) -> None:
        """Refuse a day for purchase orders that is over, or after the last of the institute's.

        Raises ``InstituteRefused``. Only of a day that is set anew: one that was set passes.
        """
        cutoff = self.terms.purchase_orders.cutoff
        if cutoff is None:
            return
        if cutoff < today:
            sentence = say(
                "%(day)s is over. Choose a day that is still ahead.", day=day_in_words(cutoff)
            )
            raise InstituteRefused(sentence, field="cutoff")
        if days and cutoff > max(days):
            sentence = say(
                "The institute ends on %(day)s. Choose a day until then.",
                day=day_in_words(max(days)),
            )
            raise InstituteRefused(sentence, field="cutoff")

    @property
    def facts(self) -> Facts:
        """What this part says."""
        said = self.terms
        refunds = " ".join(refunds_in_words(said))
        orders = (
            " ".join(orders_in_words(said.purchase_orders)) if said.takes_purchase_orders else ""
        )
        return (
            (say("Invoices are due"), say("%(n)s days after their date", n=said.due_days)),
            (say("Purchase orders"), orders if said.takes_purchase_orders else say("not taken")),
            (say("Refunds"), refunds),
            (
                say("Early prices not paid in time"),
                say("become the price of the day") if said.rerate else say("stay as they are"),
            ),
            (say("W-9"), say("with each invoice") if said.w9_attached else say("on request")),
            (
                say("Checks are made out to"),
                said.payable_to or say("as the consortium's settings say"),
            ),
        )
