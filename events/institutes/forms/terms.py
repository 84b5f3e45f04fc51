"""Payment terms: due days, purchase orders, refunds."""

from typing import Any

from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consortium.fields import (
    NO_PRICE,
    DayField,
    NumberField,
    PercentField,
    PriceField,
    Row,
    Rows,
    refuse,
)
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.institutes.domain.sections import Terms
from events.institutes.domain.terms import (
    CUTOFF_WORDS,
    LONGEST,
    AtCutoff,
    PaymentTerms,
    PurchaseOrders,
    RefundRule,
    Tier,
    in_order,
)
from events.institutes.models import Institute
from events.institutes.service.sections import section_of


class TierRow(Row):
    """One step of the refunds."""

    days = NumberField(say("Days before the first day"), most=LONGEST)
    working = BooleanField(say("Count working days only"))
    percent = PercentField(say("Percent kept"))
    each = PriceField(say("Or dollars kept for each person"))

    @property
    def empty(self) -> bool:
        """Whether nobody wrote anything in it."""
        return self.days.data is None and not (self.percent.data or self.each.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the days of a step that has anything else, and for one way to keep."""
        valid = super().validate(extra_validators)
        if self.empty and not self.days.errors:
            return valid
        if self.days.data is None and not self.days.errors:
            valid = refuse(self.days, say("Write how many days, or empty the row."))
        if self.percent.data and self.percent.basis_points is None:
            valid = refuse(self.percent, say("Write a share from 0 to 100, such as 50."))
        if self.each.data and self.each.cents is None:
            valid = refuse(self.each, NO_PRICE)
        if self.percent.data and self.each.data:
            valid = refuse(self.percent, say("Write either percent or dollars."))
        return valid

    def to_tier(self) -> Tier:
        """Return the step."""
        return Tier(
            days=self.days.data or 0,
            working=bool(self.working.data),
            keep_basis_points=self.percent.basis_points or 0,
            keep_cents=self.each.cents or 0,
        )


class TermsForm(VersionedForm):
    """The payment terms of an institute."""

    due_days = NumberField(say("Days until an invoice is due"), least=1, most=LONGEST)
    least = PriceField(
        say("Smallest purchase order, in dollars"),
        description=say("Empty: purchase orders are taken for any amount."),
    )
    cutoff = DayField(
        say("Purchase orders must have come by"),
        [Optional()],
        description=say("Also those of teams that said one is to follow."),
    )
    at_cutoff = RadioField(
        say("When one has not come by then"),
        choices=[SelectChoice(one.value, words) for one, words in CUTOFF_WORDS.items()],
    )
    valid_days = NumberField(
        say("Days for which a purchase order holds"),
        description=say("Where it names no day itself. Empty: it does not run out."),
        least=1,
        most=LONGEST,
    )
    rows = Rows(TierRow)
    free_with_replacement = BooleanField(say("Nothing is kept when somebody else comes instead"))
    rerate = BooleanField(
        say("An early price that is not paid in time becomes the price of the day")
    )
    w9_attached = BooleanField(say("Send our W-9 with each invoice"))
    payable_to = StringField(
        say("Checks are made out to"),
        description=say("Empty: as the consortium's settings say."),
    )

    def __init__(self, institute: Institute) -> None:
        stored: Terms = section_of(institute, Terms)
        self._stored = stored.terms
        tiers = in_order(self._stored.refunds.tiers)
        orders = self._stored.purchase_orders
        super().__init__(
            data={
                "due_days": self._stored.due_days,
                "cutoff": orders.cutoff,
                "at_cutoff": orders.at_cutoff.value,
                "valid_days": orders.valid_days,
                "rows": [{"days": tier.days, "working": tier.working} for tier in tiers],
                "free_with_replacement": self._stored.refunds.free_with_replacement,
                "rerate": self._stored.rerate,
                "w9_attached": self._stored.w9_attached,
                "payable_to": self._stored.payable_to,
                "version": str(institute.version),
            }
        )
        if not self.is_submitted():
            self.least.fill(orders.least_cents or None)
            for row, tier in zip(self.rows.forms, tiers, strict=False):
                row.percent.fill(tier.keep_basis_points)
                row.each.fill(tier.keep_cents or None)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the days until an invoice is due; refuse prices that are none."""
        valid = super().validate(extra_validators)
        if self.due_days.data is None and not self.due_days.errors:
            valid = refuse(self.due_days, self.due_days.bounds)
        if self.least.data and self.least.cents is None:
            valid = refuse(self.least, NO_PRICE)
        return self._check_steps() and valid

    def _check_steps(self) -> bool:
        """Refuse a second step of the same days: nobody could tell which of them holds."""
        told: dict[tuple[int, bool], int] = {}
        for number, row in enumerate(self.rows.forms, start=1):
            if row.empty or row.days.data is None:
                continue
            first = told.setdefault((row.days.data, bool(row.working.data)), number)
            if first != number:
                sentence = say(
                    "Steps %(one)s and %(other)s have the same days. Keep one of them.",
                    one=first,
                    other=number,
                )
                self.form_errors.append(sentence)
        return not self.form_errors

    def to_section(self) -> Terms:
        """Return what was filled in."""
        tiers = [row.to_tier() for row in self.rows.forms if not row.empty]
        return Terms(
            terms=PaymentTerms(
                methods=self._stored.methods,
                due_days=self.due_days.data or 0,
                purchase_orders=PurchaseOrders(
                    least_cents=self.least.cents or 0,
                    cutoff=self.cutoff.data,
                    at_cutoff=AtCutoff(self.at_cutoff.data),
                    valid_days=self.valid_days.data,
                ),
                refunds=RefundRule(
                    tiers=in_order(tiers),
                    free_with_replacement=bool(self.free_with_replacement.data),
                ),
                w9_attached=bool(self.w9_attached.data),
                rerate=bool(self.rerate.data),
                payable_to=self.payable_to.data or "",
            )
        )
