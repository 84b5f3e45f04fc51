"""One kind of credit, in plain fields; and what holds for all of them."""

from decimal import Decimal
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from consortium.fields import NumberField, TicksField, refuse
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.credit.domain.examples import Example, worked_examples
from events.credit.domain.presence import Slot
from events.credit.domain.rules import (
    LEFT_OUT,
    OPEN_STAYS_WORDS,
    Counted,
    Counting,
    CreditPlan,
    CreditRule,
    Licence,
    OpenStays,
    Signer,
    written_number,
)
from events.credit.domain.stored import MOST_HOURS, MOST_YEARS
from events.institutes.models import Institute
from events.schedule.domain import kind_in_words

MOST_SIGNERS = 3
ROUNDINGS = (
    (6, say("a tenth of an hour")),
    (15, say("a quarter of an hour")),
    (30, say("half an hour")),
    (60, say("an hour")),
    (1, say("a minute")),
)
NO_AMOUNT = say("Write a number such as 4 or 3.5.")


class RuleForm(VersionedForm):
    """One kind of credit."""

    name = StringField(
        say("Name of the credit"),
        [InputRequired(say("Enter the name of the credit."))],
        description=say("As the certificate says it."),
    )
    roles = TicksField(
        say("Who can earn it"),
        choices=[],
        description=say("Nobody else sees it. Tick none if it is for everyone."),
    )
    counting = RadioField(
        say("How is it counted?"),
        [InputRequired(say("Choose how it is counted."))],
        choices=[
            SelectChoice(
                Counting.FIXED.value, say("A set amount for whoever was there for enough of it")
            ),
            SelectChoice(Counting.CLOCK.value, say("By the clock, from arrival to departure")),
        ],
    )
    amount = StringField(say("How much"), description=say("Such as 4 or 3.5."))
    share = NumberField(say("For how much of the time that counts, in percent"), least=1, most=100)
    unit = StringField(
        say("Counted in"), [InputRequired(say("Write hours or credits."))],
        description=say("Such as hours or credits."),
    )  # fmt: skip
    counted = RadioField(
        say("What of a stay counts"),
        choices=[
            SelectChoice(Counted.STAY.value, say("All of it, from arrival to departure")),
            SelectChoice(Counted.SESSIONS.value, say("Only time in sessions that count")),
        ],
        default=Counted.SESSIONS.value,
    )
    rounding = SelectField(
        say("Each stay to the nearest"),
        choices=[SelectChoice(str(n), words) for n, words in ROUNDINGS],
        default="15",
        validate_choice=False,
    )
    cap = StringField(
        say("The most a day gives, in hours"), description=say("Empty: there is no limit.")
    )
    left_out = TicksField(
        say("Sessions that do not count"),
        choices=[],
    )
    licence = StringField(
        say("Number that people need"),
        description=say("What the state calls it, such as IEIN. Empty: none is needed."),
    )
    licence_least = NumberField(say("It has at least so many characters"), least=1, most=40)
    licence_most = NumberField(say("and at most"), least=1, most=40)
    licence_letters = BooleanField(say("It may have letters"))
    evaluation = BooleanField(
        say("The evaluation has to be filled in before the certificate is given")
    )
    keep_years = NumberField(say("Full years for which records are kept"), least=1, most=MOST_YEARS)
    provider = StringField(
        say("Provider"), description=say("Who gives the credit, as the state has it on record.")
    )
    provider_number = StringField(say("Provider’s number"))
    wording = StringField(
        say("Title of the certificate"),
        description=say("Such as Evidence of Completion. Empty: Certificate of Completion."),
    )

    def __init__(self, institute: Institute, rule: CreditRule, slots: tuple[Slot, ...]) -> None:
        self._slots = slots
        self._before = rule
        super().__init__(data={**_filled(rule), "version": str(institute.version)})
        kinds = dict.fromkeys((*(slot.kind for slot in slots), *LEFT_OUT, *rule.left_out))
        self.left_out.choices = [SelectChoice(kind, kind_in_words(kind)) for kind in kinds]
        labels = {role.code: role.label for role in institute.roles}
        known = dict.fromkeys((*labels, *rule.roles))
        self.roles.choices = [SelectChoice(code, labels.get(code, code)) for code in known]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what a rule of this kind needs."""
        valid = super().validate(extra_validators)
        if self.counting.data == Counting.FIXED.value:
            amount = _number(self.amount.data or "")
            if not amount:
                valid = refuse(self.amount, NO_AMOUNT)
            if self.share.data is None and not self.share.errors:
                valid = refuse(self.share, self.share.bounds)
        if self.cap.data and not _number(self.cap.data):
            valid = refuse(self.cap, NO_AMOUNT)
        if self.keep_years.data is None and not self.keep_years.errors:
            valid = refuse(self.keep_years, self.keep_years.bounds)
        least, most = self.licence_least.data, self.licence_most.data
        if self.licence.data and least and most and most < least:
            valid = refuse(self.licence_most, say("The most is below the least."))
        return valid

    def to_rule(self) -> CreditRule:
        """Return the rule as it is typed."""
        licence = None
        if self.licence.data:
            least = self.licence_least.data or 1
            licence = Licence(
                name=self.licence.data,
                least=least,
                most=max(least, self.licence_most.data or 20),
                letters=bool(self.licence_letters.data),
            )
        rounding = int(self.rounding.data) if self.rounding.data in _STEPS else 15
        return CreditRule(
            name=self.name.data or "",
            roles=self.roles.chosen(before=self._before.roles),
            counting=Counting(self.counting.data),
            unit=self.unit.data or "hours",
            amount=_number(self.amount.data or "") or Decimal(0),
            share=self.share.data or self._before.share,
            counted=Counted(self.counted.data),
            rounding=rounding,
            cap=_number(self.cap.data or ""),
            left_out=self.left_out.chosen(before=self._before.left_out),
            licence=licence,
            evaluation=bool(self.evaluation.data),
            keep_years=self.keep_years.data or self._before.keep_years,
            provider=self.provider.data or "",
            provider_number=self.provider_number.data or "",
            wording=self.wording.data or "",
        )

    @property
    def examples(self) -> tuple[Example, ...]:
        """What days would give by what is typed, where it makes sense; else as it is stored."""
        typed = self.is_submitted() and not self.errors
        return worked_examples(self.to_rule() if typed else self._before, self._slots)


class SettingsForm(VersionedForm):
    """What holds for all kinds of credit."""

    open_stays = RadioField(
        say("When nobody recorded that someone left"),
        choices=[SelectChoice(one.value, words) for one, words in OPEN_STAYS_WORDS.items()],
    )
    attendance = BooleanField(
        say("Who earns no credit gets a certificate of attendance"), default=True
    )
    agenda = BooleanField(say("The agenda is attached to a certificate of attendance"))
    signers = TextAreaField(
        say("Who signs"),
        [Optional()],
        description=say(
            "A line for each, at most three: name, then a comma and the title. Empty: one line "
            "for your consortium."
        ),
        render_kw={"rows": 3},
    )

    def __init__(self, institute: Institute, plan: CreditPlan) -> None:
        self._before = plan
        super().__init__(
            data={
                "open_stays": plan.open_stays.value,
                "attendance": plan.attendance,
                "agenda": plan.agenda,
                "signers": "\n".join(
                    ", ".join(filter(None, (one.name, one.title))) for one in plan.signers
                ),
                "version": str(institute.version),
            }
        )

    def validate_signers(self, field: TextAreaField) -> None:
        """Leave room for every line on the paper."""
        if len(_lines(field.data)) > MOST_SIGNERS:
            refuse(field, say("At most three people can sign."))

    def to_plan(self) -> CreditPlan:
        """Return the settings, beside the rules as they are."""
        signers = [line.partition(",") for line in _lines(self.signers.data)]
        return CreditPlan(
            rules=self._before.rules,
            open_stays=OpenStays(self.open_stays.data),
            attendance=bool(self.attendance.data),
            agenda=bool(self.agenda.data),
            signers=tuple(
                Signer(name=name.strip(), title=title.strip()) for name, _, title in signers
            ),
        )


_STEPS = {str(n) for n, _ in ROUNDINGS}


def _filled(rule: CreditRule) -> dict[str, Any]:
    licence = rule.licence
    return {
        "name": rule.name,
        "roles": list(rule.roles),
        "counting": rule.counting.value,
        "amount": written_number(rule.amount) if rule.amount else "",
        "share": rule.share,
        "unit": rule.unit,
        "counted": rule.counted.value,
        "rounding": str(rule.rounding),
        "cap": written_number(rule.cap) if rule.cap is not None else "",
        "left_out": list(rule.left_out),
        "licence": licence.name if licence else "",
        "licence_least": licence.least if licence else None,
        "licence_most": licence.most if licence else None,
        "licence_letters": bool(licence and licence.letters),
        "evaluation": rule.evaluation,
        "keep_years": rule.keep_years,
        "provider": rule.provider,
        "provider_number": rule.provider_number,
        "wording": rule.wording,
    }


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _number(text: str) -> Decimal | None:
    said = text.strip()
    whole, _, part = said.partition(".")
    plain = (
        whole.isascii() and whole.isdigit() and (not part or (part.isascii() and part.isdigit()))
    )
    if not plain or len(said) > 8:  # noqa: PLR2004  (a thousand hours to the hundredth)
        return None
    amount = Decimal(said)
    return amount if 0 < amount <= MOST_HOURS else None
