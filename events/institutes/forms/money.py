"""How many there is room for, and what it costs."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from consortium import clock
from consortium.fields import NO_PRICE, NumberField, PriceField, Row, Rows, TicksField, refuse
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.institutes.domain.fees import read_rules, sentence_of
from events.institutes.domain.fees.examples import Example, worked_examples
from events.institutes.domain.sections import Costs, Places
from events.institutes.domain.sections.registering import LONGEST_OFFER
from events.institutes.domain.wording import PAYMENTS, in_words, place_in_words
from events.institutes.forms.fee_kinds import kind_for
from events.institutes.models import DAY, GUESTS, PEOPLE, STRAND, TEAMS, VISITORS, Institute
from events.institutes.service.sections import section_of

FREE, FREE_FIRST, FLAT, AS_NOW = "free", "free_first_n", "flat", "as_now"


class PlacesRow(Row):
    """The places of one optional day or strand."""

    code = HiddenField()
    limit = NumberField(say("Places"))


class PlacesForm(VersionedForm):
    """How many there is room for."""

    people = NumberField(
        say("Places for people"), description=say("Leave it empty when nobody counts them.")
    )
    teams = NumberField(say("Places for teams"))
    visitor_seats = NumberField(
        say("Seats for visitors"),
        description=say("Empty: visitors take their seats from the places for people."),
    )
    guest_seats = NumberField(
        say("Seats for guest states"),
        description=say("Empty: guests take their seats from the places for people."),
    )
    rows = Rows(PlacesRow)
    waitlist = TextAreaField(
        say("Waitlist"),
        description=say("How it works when all is full. Empty: there is no waitlist."),
    )
    offer_hours = NumberField(
        say("Hours for which a free place is held"),
        description=say("When a place is free, the next on the waitlist has this long to take it."),
    )

    def __init__(self, institute: Institute) -> None:
        self._stored: Places = section_of(institute, Places)
        limits = self._stored.limits
        apart = [f"{DAY}{day.on.isoformat()}" for day in institute.days if day.optional]
        apart += [f"{STRAND}{strand.code}" for strand in institute.strands]
        super().__init__(
            data={
                **limits,
                "rows": [{"code": code, "limit": limits.get(code)} for code in apart],
                "waitlist": self._stored.waitlist,
                "offer_hours": self._stored.offer_hours,
                "version": str(institute.version),
            }
        )
        # What may be limited is what the institute has; a row that names anything else is dropped.
        self._apart = apart
        for row in self.rows.forms:
            row.limit.label.text = say("Places: %(what)s", what=place_in_words(row.code.data or ""))

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a limit of nobody."""
        valid = super().validate(extra_validators)
        named = (self.people, self.teams, self.visitor_seats, self.guest_seats)
        for field in (*named, *(row.limit for row in self.rows.forms)):
            if field.data == 0:
                valid = refuse(field, say("Write 1 or more, or leave it empty."))
        if not self.offer_hours.data or self.offer_hours.data > LONGEST_OFFER:
            valid = refuse(
                self.offer_hours, say("Write a number from 1 to %(most)s.", most=LONGEST_OFFER)
            )
        return valid

    def to_section(self) -> Places:
        """Return what was filled in; places of other kinds stay as they are."""
        named: dict[str, int | None] = {
            PEOPLE: self.people.data,
            TEAMS: self.teams.data,
            VISITORS: self.visitor_seats.data,
            GUESTS: self.guest_seats.data,
            **dict.fromkeys(self._apart),
        }
        named |= {
            row.code.data: row.limit.data for row in self.rows.forms if row.code.data in named
        }
        limits = {code: n for code, n in self._stored.limits.items() if code not in named}
        limits.update({code: n for code, n in named.items() if n is not None})
        return Places(
            limits=limits,
            waitlist=self.waitlist.data or "",
            offer_hours=self.offer_hours.data or self._stored.offer_hours,
        )


class FeesForm(VersionedForm):
    """What it costs and how people pay."""

    model = RadioField(say("What does it cost?"), choices=[])
    n = NumberField(say("How many people of each LEA come free"))
    then_each = PriceField(say("Price for each additional person, in dollars"))
    each = PriceField(say("Price for each person, in dollars"))
    includes = StringField(
        say("What the price includes"), description=say("Such as “breakfast; lunch on your own”.")
    )
    payment_methods = TicksField(
        say("Ways to pay"),
        choices=[],
        description=say("Tick those you take. If you tick none, all are taken."),
    )

    def __init__(self, institute: Institute) -> None:
        self._stored: Costs = section_of(institute, Costs)
        self._today = clock.now().astimezone(institute.zone).date()
        model, rule = _simple(self._stored.fees)
        super().__init__(
            data={
                "model": model,
                "n": rule.get("n"),
                "includes": rule.get("includes", ""),
                "payment_methods": list(self._stored.payment_methods),
                "version": str(institute.version),
            }
        )
        if not self.is_submitted():
            self.then_each.fill(rule.get("then_each_cents"))
            self.each.fill(rule.get("each_cents"))
        self.model.choices = [
            SelectChoice(FREE, say("Nothing, it is free")),
            SelectChoice(FREE_FIRST, say("The first people of each LEA come free, others pay")),
            SelectChoice(FLAT, say("The same for each person")),
        ]
        if model == AS_NOW:
            as_now = SelectChoice(AS_NOW, say("By the rules above"))
            self.model.choices = [as_now, *self.model.choices]
        own = {method: in_words(method, PAYMENTS) for method in self._stored.payment_methods}
        self.payment_methods.choices = [SelectChoice(*one) for one in {**PAYMENTS, **own}.items()]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the numbers that the chosen rule needs."""
        valid = super().validate(extra_validators)
        if self.model.data == FREE_FIRST:
            if self.n.data is None and not self.n.errors:
                valid = refuse(self.n, say("Write how many people come free."))
            if self.then_each.cents is None:
                valid = refuse(self.then_each, NO_PRICE)
        if self.model.data == FLAT and self.each.cents is None:
            valid = refuse(self.each, NO_PRICE)
        return valid

    @property
    def rules(self) -> Sequence[tuple[str, bool]]:
        """The rules as they are stored, in sentences, and whether a form can change each."""
        return [
            (sentence_of(rule.raw, staff=True), kind_for(rule) is not None)
            for rule in read_rules(self._stored.fees)
        ]

    @property
    def examples(self) -> tuple[Example, ...]:
        """What teams would pay by what is typed, where it makes sense; else as it is stored."""
        as_stored = self.errors or not self.is_submitted()
        fees = self._stored.fees if as_stored else self.to_section().fees
        return worked_examples(fees, on=self._today)

    def to_section(self) -> Costs:
        """Return what was filled in, in the shape of a programme file."""
        methods = self.payment_methods.chosen(before=self._stored.payment_methods)
        return Costs(fees=self._fees(), payment_methods=methods)

    def _fees(self) -> Mapping[str, Any]:
        if self.model.data == AS_NOW:
            return self._stored.fees
        fees: dict[str, Any] = {**self._stored.fees, "currency": "USD", "rules": []}
        if fees.get("model") == FREE:
            del fees["model"]
        if self.model.data == FREE_FIRST:
            fees["rules"] = [
                {
                    "code": FREE_FIRST,
                    "per": "LEA",
                    "n": self.n.data,
                    "then_each_cents": self.then_each.cents,
                }
            ]
        elif self.model.data == FLAT:
            rule = {"code": FLAT, "per": "person", "each_cents": self.each.cents}
            more = {"includes": self.includes.data} if self.includes.data else {}
            fees["rules"] = [{**rule, **more}]
        else:
            fees["model"] = FREE
        return fees


def _simple(fees: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Return which of the form's rules the fees are, or that they are none of them."""
    rules = fees.get("rules") or []
    if not rules:
        return (FREE if fees.get("model") in {None, FREE} else AS_NOW), {}
    if len(rules) > 1:
        return AS_NOW, {}
    rule = rules[0]
    plain = {
        FREE_FIRST: {"code", "per", "n", "then_each_cents"},
        FLAT: {"code", "per", "each_cents", "includes"},
    }
    known = plain.get(str(rule.get("code")), set())
    usual = rule.get("per") in {"LEA", "person"}
    return (str(rule["code"]), rule) if usual and rule.keys() <= known else (AS_NOW, {})
