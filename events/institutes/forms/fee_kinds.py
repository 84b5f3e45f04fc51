"""The kinds of fee rules that coordinators may write, and which fields each has."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from consortium.words import Sentence, say
from events.institutes.domain.fees.kinds import Meant, Price, Rule, Told

DATES = ("begins", "ends")


@dataclass(frozen=True, kw_only=True)
class FeeKind:
    """A kind of rule: its name, when to use it, its fields in order, and for what it is paid."""

    code: str
    title: Sentence
    hint: Sentence
    fields: tuple[str, ...]
    units: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()
    labels: Mapping[str, Sentence] = field(default_factory=dict)
    """What a field is called where its usual name says too little."""
    takes_off: bool = False


_ALL = (
    FeeKind(
        code="flat",
        title=say("A price for each person or team"),
        hint=say("The usual price, such as $125 for each person."),
        fields=("each", "per", "includes", *DATES),
        units=("person", "team", "LEA"),
    ),
    FeeKind(
        code="early_rate",
        title=say("An early or a late price"),
        hint=say("Stands in place of the usual price until a day, or from a day on."),
        fields=("each", "per", *DATES),
        units=("person", "team"),
    ),
    FeeKind(
        code="free_first_n",
        title=say("The first people come free"),
        hint=say("Such as: five people of each LEA come free, each further one pays $150."),
        fields=("n", "per", "then_each", "roles", *DATES),
        units=("LEA", "team"),
        optional=frozenset({"roles"}),
        labels={"n": say("How many people come free"), "roles": say("Only people of these roles")},
    ),
    FeeKind(
        code="team_size",
        title=say("A team price that includes some people"),
        hint=say("Such as: $1,400 for up to 25 people, each further one pays $50."),
        fields=("n", "each", "then_each", *DATES),
        labels={
            "n": say("How many people the price includes"),
            "each": say("Price of the team, in dollars"),
        },
    ),
    FeeKind(
        code="role_price",
        title=say("A price for some roles"),
        hint=say("People of these roles pay it instead of the usual price."),
        fields=("roles", "each", *DATES),
    ),
    FeeKind(
        code="visitor_fee",
        title=say("A price for visitors"),
        hint=say("Visitors pay it instead of the usual price, for the whole time or for a day."),
        fields=("each", "day", *DATES),
        labels={"each": say("Price for each visitor, in dollars")},
    ),
    FeeKind(
        code="guest_fee",
        title=say("A price for guest states"),
        hint=say("Teams of these states pay it and no usual price."),
        fields=("states", "each", "per", *DATES),
        units=("person", "team"),
    ),
    FeeKind(
        code="choice_fee",
        title=say("An optional day or a strand"),
        hint=say("Whoever chose it pays this on top."),
        fields=("choice", "each", *DATES),
        labels={"each": say("Price for each person, in dollars")},
    ),
    FeeKind(
        code="affiliate_rate",
        title=say("A price for affiliated locals"),
        hint=say("Teams whose local is affiliated to NEA, AFT or another pay it instead."),
        fields=("affiliation", "each", "per", *DATES),
        units=("person", "team"),
    ),
    FeeKind(
        code="sponsor_credit",
        title=say("A sponsor pays part of it"),
        hint=say("Such as: NEA pays $750 for each team whose local is affiliated to it."),
        fields=("by", "each", "per", "affiliation", *DATES),
        units=("team", "person"),
        optional=frozenset({"affiliation"}),
        takes_off=True,
        labels={"each": say("It pays, in dollars")},
    ),
    FeeKind(
        code="discount",
        title=say("A discount code"),
        hint=say("Teams that type the code pay less. Only you and those you tell know it."),
        fields=("name", "percent", "each", "per", "limit", *DATES),
        units=("team", "person"),
        optional=frozenset({"percent", "each"}),
        takes_off=True,
        labels={"each": say("Or dollars off"), "per": say("Dollars off for")},
    ),
    FeeKind(
        code="cap",
        title=say("The most that is charged"),
        hint=say("However many come, a team or an LEA never pays more than this."),
        fields=("most", "per", *DATES),
        units=("team", "LEA"),
    ),
    FeeKind(
        code="purchase_order_fee",
        title=say("A fee for purchase orders"),
        hint=say("For handling, where a team pays by purchase order."),
        fields=("each", *DATES),
    ),
    FeeKind(
        code="split_rest",
        title=say("Who shares what a team pays"),
        hint=say("Such as: the district and the local association pay half each."),
        fields=("rows",),
    ),
    FeeKind(
        code="split_cost",
        title=say("A cost that payers share"),
        hint=say("The institute's whole cost is shared by payers; no team is charged for it."),
        fields=("total", "rows"),
    ),
)
FEE_KINDS: Mapping[str, FeeKind] = {kind.code: kind for kind in _ALL}


def kind_for(rule: Rule) -> FeeKind | None:
    """Return the kind by which a rule of the file is written, if there is one."""
    if isinstance(rule, Told | Meant):
        return None
    code = str(rule.raw.get("code"))
    if isinstance(rule, Price) and code != "free":
        return FEE_KINDS["flat" if code in {"flat", "team_fee"} else "early_rate"]
    return FEE_KINDS.get(code)
