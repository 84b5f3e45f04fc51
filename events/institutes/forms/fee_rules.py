"""One fee rule, in the fields that its kind has."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consortium import clock
from consortium.fields import (
    NO_PRICE,
    DayField,
    NumberField,
    PercentField,
    PriceField,
    Rows,
    TicksField,
    refuse,
)
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.institutes.domain.fees import FREE, read_rules
from events.institutes.domain.fees.examples import Example, worked_examples
from events.institutes.domain.fees.kinds import (
    WHOLE,
    Rule,
    SplitCost,
    SplitRest,
)
from events.institutes.domain.fees.kinds import Discount as DiscountRule
from events.institutes.domain.fees.reductions import normal
from events.institutes.domain.sections import Costs, InstituteRefused
from events.institutes.domain.states import read_states, written_states
from events.institutes.domain.wording import day_in_words, place_in_words
from events.institutes.forms.fee_fields import (
    AMOUNTS,
    KEYS,
    NEEDED,
    PLAIN,
    UNIT_WORDS,
    PayerRow,
)
from events.institutes.forms.fee_kinds import FeeKind
from events.institutes.models import DAY, STRAND, Institute
from events.institutes.service.sections import section_of


class FeeRuleForm(VersionedForm):
    """One fee rule; only the fields of its kind are there."""

    name = StringField(say("Discount code"), description=say("What teams type, like SPRING27."))
    by = StringField(say("Sponsor"), description=say("Such as NEA."))
    affiliation = StringField(
        say("Local affiliated to"),
        description=say("NEA, AFT or another; with commas: any of them."),
    )
    roles = TicksField(say("Roles"), choices=[])
    states = StringField(
        say("States"), description=say("Like NJ, DE. Empty: every guest state of the institute.")
    )
    choice = SelectField(say("Optional day or strand"), choices=[])
    n = NumberField(say("How many people"))
    total = PriceField(say("The whole cost, in dollars"))
    each = PriceField(say("Price in dollars"))
    percent = PercentField(say("Percent off"), description=say("Such as 10 or 12.5."))
    per = RadioField(say("For"), choices=[])
    then_each = PriceField(say("Price for each further person, in dollars"))
    most = PriceField(say("At most, in dollars"))
    includes = StringField(
        say("What the price includes"), description=say("Such as “breakfast; lunch on your own”.")
    )
    day = SelectField(say("On"), choices=[], validate_choice=False)
    limit = NumberField(
        say("How many teams may use it"), description=say("Empty: as many as know it.")
    )
    rows = Rows(PayerRow)
    begins = DayField(
        say("From"),
        [Optional()],
        description=say("For teams that register on this day or later."),
    )
    ends = DayField(
        say("Until"),
        [Optional()],
        description=say("For teams that register on this day or earlier."),
    )

    def __init__(self, institute: Institute, kind: FeeKind, position: int | None = None) -> None:
        self._costs: Costs = section_of(institute, Costs)
        self._rules = read_rules(self._costs.fees)
        self._at, self.kind = position, kind
        self._before: Mapping[str, Any] = {}
        if position is not None:
            self._before = self._rules[position].raw
        self._today = clock.now().astimezone(institute.zone).date()
        super().__init__(data={**self._filled(), "version": str(institute.version)})
        for name in set(KEYS) - set(kind.fields):
            delattr(self, name)
        for name, words in kind.labels.items():
            self[name].label.text = words
        self._offer(institute)
        if not self.is_submitted():
            self._show_amounts()

    @property
    def shown(self) -> Sequence[tuple[Any, bool]]:
        """The fields in order, and whether each may be left empty."""
        may = self.kind.optional | {"begins", "ends", "includes", "states", "limit", "day"}
        return [(self[name], name in may) for name in self.kind.fields if name != "rows"]

    @property
    def examples(self) -> tuple[Example, ...]:
        """What teams would pay by what is typed, where it makes sense; else as it is stored."""
        costs = self._costs if self.errors or not self.is_submitted() else self.to_section()
        return worked_examples(costs.fees, on=self._today)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what a rule of this kind needs."""
        valid = super().validate(extra_validators)
        for name in ("each", "then_each", "most", "total"):
            field = self._fields.get(name)
            may_lack = name in self.kind.optional and field is not None and not field.data
            if field is not None and field.cents is None and not may_lack:
                valid = refuse(field, NO_PRICE)
        for name, sentence in NEEDED.items():
            field = self._fields.get(name)
            needed = field is not None and name not in self.kind.optional
            if needed and field.data in (None, "", []) and not field.errors:
                valid = refuse(field, sentence)
        begins, ends = (self.begins.data, self.ends.data) if self.begins else (None, None)
        if begins and ends and ends < begins:
            valid = refuse(self.ends, say("The last day is before the first."))
        return self._makes_sense() and valid

    def to_section(self) -> Costs:
        """Return the costs with this rule in its place, in the shape of a programme file."""
        rules = [*(self._costs.fees.get("rules") or ())]
        if self._at is None:
            rules.append(self._rule())
        else:
            rules[self._at] = self._rule()
        fees = {**self._costs.fees, "currency": "USD", "rules": rules}
        if fees.get("model") == FREE:
            del fees["model"]
        return replace(self._costs, fees=fees)

    def _makes_sense(self) -> bool:
        valid = True
        for count in filter(None, (self.n, self.limit)):
            if count.data == 0:
                valid = refuse(count, say("Write 1 or more."))
        days = (self.begins, self.ends) if self.kind.code == "early_rate" else ()
        if days and not any(day.data or day.errors for day in days):
            valid = refuse(self.ends, say("Write until which day it holds, or from which day."))
        if self.states and not self.errors:
            try:
                read_states(self.states.data or "", field="states")
            except InstituteRefused as refusal:
                valid = refuse(self.states, refusal.message)
        if self.percent:
            valid = self._check_discount() and valid
        if self.rows:
            valid = self._check_shares() and valid
        return valid

    def _check_discount(self) -> bool:
        points = self.percent.basis_points
        if self.percent.data and not points:
            return refuse(self.percent, say("Write a share from 1 to 100, such as 10 or 12.5."))
        if bool(points) == (self.each.cents is not None):
            return refuse(self.percent, say("Write either percent or dollars."))
        taken = {
            normal(rule.name)
            for at, rule in enumerate(self._rules)
            if isinstance(rule, DiscountRule) and at != self._at
        }
        if normal(self.name.data or "") in taken:
            return refuse(self.name, say("Another rule has this code. Choose another one."))
        return True

    def _check_shares(self) -> bool:
        shares = [row.share.basis_points for row in self.rows.forms if row.who.data]
        if self.errors or sum(points or 0 for points in shares) == WHOLE:
            return True
        self.form_errors.append(
            say("The shares must come to 100 percent together.")
            if shares
            else say("Name at least one payer.")
        )
        return False

    def _filled(self) -> dict[str, Any]:
        raw = self._before
        rule = self._rules[self._at] if self._at is not None else None
        affiliations: frozenset[str] = getattr(rule, "affiliations", frozenset())
        return {
            **{field: raw.get(key) for field, key in PLAIN.items()},
            "per": {"lea": "LEA", "district": "LEA"}.get(str(raw.get("per")), raw.get("per"))
            or (self.kind.units or ("",))[0],
            "affiliation": ", ".join(sorted(affiliations)),
            "roles": sorted(getattr(rule, "roles", ())),
            "states": written_states(getattr(rule, "states", frozenset())),
            "begins": rule.span.begins if rule else None,
            "ends": rule.span.ends if rule else None,
            "rows": [{"who": share.who} for share in _shares(rule)],
        }

    def _show_amounts(self) -> None:
        raw = self._before
        for name, key in AMOUNTS.items():
            if name in self._fields:
                value = raw.get(key)
                self[name].fill(abs(value) if isinstance(value, int) else None)
        if self.percent:
            self.percent.fill(raw.get("basis_points"))
        if self.rows:
            rule = self._rules[self._at] if self._at is not None else None
            for row, share in zip(self.rows.forms, _shares(rule), strict=False):
                row.share.fill(share.basis_points)

    def _offer(self, institute: Institute) -> None:
        if self.per:
            self.per.choices = [SelectChoice(one, UNIT_WORDS[one]) for one in self.kind.units]
        if self.roles:
            own = {role.code: role.label for role in institute.roles}
            own |= {code: code for code in self._before.get("roles", ()) if code not in own}
            self.roles.choices = [SelectChoice(*one) for one in own.items()]
        if self.choice:
            offered = [f"{DAY}{day.on.isoformat()}" for day in institute.days if day.optional]
            offered += [f"{STRAND}{strand.code}" for strand in institute.strands]
            offered += [one for one in [self._before.get("choice")] if one and one not in offered]
            self.choice.choices = [SelectChoice(one, place_in_words(one)) for one in offered]
        if self.day:
            days = [(day.on.isoformat(), day_in_words(day.on)) for day in institute.days]
            kept = str(self._before.get("day") or "")
            days += [(kept, kept)] if kept and kept not in dict(days) else []
            self.day.choices = [
                SelectChoice("", say("The whole time")),
                *(SelectChoice(*day) for day in days),
            ]

    def _rule(self) -> dict[str, Any]:
        mine = {KEYS[name] for name in self.kind.fields} | {"when", "affiliation"}
        kept = {key: value for key, value in self._before.items() if key not in mine}
        written = {KEYS[name]: self._written(name) for name in self.kind.fields if name != "rows"}
        if self.rows:
            key = "between" if self.kind.code == "split_rest" else "payers"
            kept.pop("share", None)
            written[key] = [
                {"name": row.who.data, "basis_points": row.share.basis_points}
                for row in self.rows.forms
                if row.who.data
            ]
        said = {key: value for key, value in written.items() if value not in (None, "", [])}
        return {"code": self._code(), **kept, **said}

    def _code(self) -> str:
        if self._before:
            return str(self._before["code"])
        late = self.kind.code == "early_rate" and self.ends.data is None
        return "late_rate" if late else self.kind.code

    def _written(self, name: str) -> Any:
        field = self[name]
        if isinstance(field, PriceField):
            less = name == "each" and self.kind.takes_off
            return -(field.cents or 0) or None if less else field.cents
        if isinstance(field, PercentField):
            return field.basis_points
        if name in {"begins", "ends"}:
            return field.data.isoformat() if field.data else None
        if name == "states":
            return sorted(read_states(field.data or "", field="states"))
        if name == "affiliation":
            return sorted({word.strip() for word in (field.data or "").split(",")} - {""})
        return field.data


def _shares(rule: Rule | None) -> Sequence[Any]:
    return rule.shares if isinstance(rule, SplitCost | SplitRest) else ()
