"""Rules of credit in the shape of a programme file's ``pd_credit``, as it is read.

It is a list of kinds of credit, or an object that has the list as ``types`` and more besides.
What a file says in prose (``rule``) is read where its words are known; the rest is told to the
public as it stands and counted by nobody, and whoever loads the file is warned.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from consortium.words import Sentence, say
from events.credit.domain.presets import meant_by
from events.credit.domain.prose import read_prose
from events.credit.domain.rules import (
    Counted,
    Counting,
    CreditPlan,
    CreditRule,
    Licence,
    OpenStays,
    Signer,
)

KEY = "pd_credit"
EVERYONE = "*"
MOST_HOURS = Decimal(1000)
MOST_YEARS = 100
Place = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something in a file's ``pd_credit`` that is wrong, or that nobody here understands."""

    place: Place
    sentence: Sentence
    wrong: bool
    """Wrong: the file cannot be loaded. Otherwise it is a warning."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """The plan of a file, and what is to be said about it."""

    plan: CreditPlan
    remarks: tuple[Remark, ...] = ()


def read_plan(raw: Any) -> Read:
    """Return what an institute's ``pd_credit`` says; anything unreadable leaves a remark."""
    reader = _Reader()
    if raw is None:
        return Read(plan=CreditPlan())
    body = raw if isinstance(raw, Mapping) else {"types": raw}
    types = body.get("types", [])
    if not isinstance(types, list):
        reader.wrong((), say("Write a list of kinds of credit."))
        types = []
    inside: Place = ("types",) if isinstance(raw, Mapping) else ()
    rules = [reader.rule(one, (*inside, n)) for n, one in enumerate(types)]
    plan = CreditPlan(
        rules=tuple(rule for rule in rules if rule is not None),
        open_stays=reader.choice(OpenStays, body, "open_stays", (), OpenStays.NOTHING),
        attendance=body.get("attendance") is not False,
        agenda=body.get("agenda") is not False,
        signers=reader.signers(body.get("signers")),
    )
    return Read(plan=plan, remarks=tuple(reader.remarks))


def types_in(raw: Any) -> Sequence[Mapping[str, Any]]:
    """Return the kinds of credit as the file writes them, those that can be read at all."""
    types = raw.get("types", []) if isinstance(raw, Mapping) else raw
    return [one for one in types or () if _named(one)] if isinstance(types, list) else []


def _named(one: Any) -> bool:
    return isinstance(one, Mapping) and isinstance(one.get("type"), str) and bool(one["type"])


class _Reader:
    """Reads one ``pd_credit`` and collects what is to be said of it."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []

    def wrong(self, place: Place, sentence: Sentence) -> None:
        self.remarks.append(Remark(place=place, sentence=sentence, wrong=True))

    def warn(self, place: Place, sentence: Sentence) -> None:
        self.remarks.append(Remark(place=place, sentence=sentence, wrong=False))

    def rule(self, one: Any, place: Place) -> CreditRule | None:
        """Return a kind of credit: the state's usual rule, then the prose, then the fields."""
        if not _named(one):
            self.wrong(place, say("Write an object with the name of the credit as “type”."))
            return None
        usual = meant_by(one["type"])
        rule = replace(usual or CreditRule(name=""), name=one["type"], roles=())
        if "amount" in one:
            rule = replace(rule, counting=Counting.FIXED)
        if isinstance(one.get("rule"), str):
            rule, strange = read_prose(one["rule"], rule)
            for words in strange:
                self.warn(
                    (*place, "rule"),
                    say(
                        "“%(words)s” is told to people, and nothing here counts by it.", words=words
                    ),
                )
        rule = self._fields(rule, one, place)
        if rule.counting is Counting.FIXED and not rule.amount:
            self.warn(
                place,
                say(
                    "It does not say how much “%(name)s” is. Nobody gets it until you write that "
                    "under Manage, Credit.",
                    name=rule.name,
                ),
            )
            return replace(rule, counting=Counting.UNCLEAR)
        return rule

    def choice(
        self, kind: Any, said: Mapping[str, Any], name: str, place: Place, usual: Any
    ) -> Any:
        value = said.get(name)
        if value is None:
            return usual
        known = [member.value for member in kind]
        if value in known:
            return kind(value)
        self.wrong((*place, name), say("Write one of: %(known)s.", known=", ".join(known)))
        return usual

    def signers(self, raw: Any) -> tuple[Signer, ...]:
        """Return who signs; a plain name is enough."""
        found = []
        for n, one in enumerate(raw if isinstance(raw, list) else ()):
            said = {"name": one} if isinstance(one, str) else one
            if isinstance(said, Mapping) and isinstance(said.get("name"), str):
                found.append(Signer(name=said["name"], title=str(said.get("title", ""))))
            else:
                self.wrong(("signers", n), say("Write a name, or an object with name and title."))
        return tuple(found)

    def _fields(self, rule: CreditRule, one: Mapping[str, Any], place: Place) -> CreditRule:
        counting = self.choice(Counting, one, "count", place, rule.counting)
        found: dict[str, Any] = {
            "roles": self._texts(one, "roles", place, ()),
            "counting": counting,
            "counted": self.choice(Counted, one, "counted", place, rule.counted),
            "left_out": self._texts(one, "left_out", place, rule.left_out),
            "licence": self._licence(one, place, rule.licence),
            "evaluation": bool(one.get("evaluation", rule.evaluation)),
        }
        amount = self._amount(one, "amount", place)
        if amount is not None:
            found["amount"] = amount
        elif "amount" not in one and one.get("count") is None and counting is Counting.FIXED:
            found["amount"] = Decimal(0)  # a state's usual amount is not this institute's
        if "most_per_day" in one:
            found["cap"] = self._amount(one, "most_per_day", place)
        for name, key, least, most in (
            ("share", "share", 1, 100),
            ("rounding", "rounding_minutes", 1, 60),
            ("keep_years", "keep_years", 1, MOST_YEARS),
        ):
            number = self._whole(one, key, place, least, most)
            if number is not None:
                found[name] = number
        for name in ("unit", "provider", "provider_number", "wording"):
            if isinstance(one.get(name), str):
                found[name] = one[name]
        found.setdefault("unit", _unit_of(rule))
        found["roles"] = tuple(code for code in found["roles"] if code != EVERYONE)
        return replace(rule, **found)

    def _texts(
        self, one: Mapping[str, Any], name: str, place: Place, usual: tuple[str, ...]
    ) -> tuple[str, ...]:
        value = one.get(name)
        if value is None:
            return usual
        listed = [value] if isinstance(value, str) else value
        if isinstance(listed, list) and all(isinstance(text, str) for text in listed):
            return tuple(dict.fromkeys(listed))
        self.wrong((*place, name), say("Write a list of short names."))
        return usual

    def _amount(self, one: Mapping[str, Any], name: str, place: Place) -> Decimal | None:
        value = one.get(name)
        if value is None:
            return None
        try:
            amount = Decimal(str(value)) if not isinstance(value, bool) else None
        except InvalidOperation:
            amount = None
        if amount is not None and amount.is_finite() and 0 <= amount <= MOST_HOURS:
            return amount
        sentence = say("Write a number such as 4 or 3.5. Nobody gets what cannot be counted.")
        if isinstance(value, str):
            self.warn((*place, name), sentence)  # prose, such as “up to six”
        else:
            self.wrong((*place, name), sentence)
        return None

    def _whole(
        self, one: Mapping[str, Any], name: str, place: Place, least: int, most: int
    ) -> int | None:
        value = one.get(name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        said = say("Write a whole number from %(least)s to %(most)s.", least=least, most=most)
        self.wrong((*place, name), said)
        return None

    def _licence(
        self, one: Mapping[str, Any], place: Place, usual: Licence | None
    ) -> Licence | None:
        if "licence" not in one:
            return usual
        said = one["licence"]
        if said is None:
            return None
        said = {"name": said} if isinstance(said, str) else said
        here = (*place, "licence")
        if not isinstance(said, Mapping) or not isinstance(said.get("name"), str):
            self.wrong(here, say("Write what the state calls the number as “name”, such as IEIN."))
            return usual
        known = usual if usual and usual.name == said["name"] else Licence(name=said["name"])
        least = self._whole(said, "least", here, 1, 40) or known.least
        most = self._whole(said, "most", here, 1, 40) or known.most
        return replace(
            known, least=least, most=max(least, most), letters=bool(said.get("letters", False))
        )


def _unit_of(rule: CreditRule) -> str:
    return "credits" if "credit" in rule.name.lower() else rule.unit
