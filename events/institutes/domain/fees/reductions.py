"""What holds a price down and what is taken off it, one line each, so that the lines add up."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import TypeAlias

from consortium.words import dollars, say
from events.institutes.domain.fees.kinds import (
    WHOLE,
    Cap,
    Discount,
    PurchaseOrderFee,
    Rule,
    SponsorCredit,
    Unit,
)
from events.institutes.domain.fees.lines import ChargeLine, Party
from events.institutes.domain.fees.reading import belongs
from events.institutes.domain.fees.sentences import sentence_of
from events.institutes.domain.fees.standing import of_kind, standing
from events.institutes.domain.fees.telling import percent

Lines: TypeAlias = tuple[ChargeLine, ...]


def reduced(prices: Lines, rules: Sequence[Rule], party: Party, on: date) -> Lines:
    """Return the prices with all that changes their sum: cap, code, sponsors, handling fee."""
    lines = prices
    for change in (_caps, _discount, _credits, _floor, _handling):
        lines = (*lines, *change(lines, rules, party, on))
    return lines


def discounts_for(rules: Sequence[Rule], code: str, on: date) -> Sequence[Discount]:
    """Return the discounts that a typed code stands for on a day."""
    typed = normal(code)
    return [
        rule
        for rule in of_kind(rules, Discount)
        if normal(rule.name) == typed and rule.span.holds(on)
    ]


def normal(code: str) -> str:
    """Return a discount code as it is compared: capitals and spaces do not matter."""
    return "".join(code.split()).casefold()


def _sum(lines: Lines) -> int:
    return sum(line.cents for line in lines)


def _caps(lines: Lines, rules: Sequence[Rule], party: Party, on: date) -> Iterator[ChargeLine]:
    found = [
        (max(0, cap.most_cents - (party.others_cents if cap.unit is Unit.LEA else 0)), at, cap)
        for at, cap in enumerate(of_kind(rules, Cap))
        if cap.span.holds(on) and (cap.unit is Unit.LEA or party.comes_as_team)
    ]
    cents = _sum(lines)
    if found:
        most, _, cap = min(found, key=lambda one: one[:2])
        if cents > most:
            yield _off(say("Beyond the most that is charged"), cents - most, sentence_of(cap.raw))


def _discount(lines: Lines, rules: Sequence[Rule], party: Party, on: date) -> Iterator[ChargeLine]:
    found = discounts_for(rules, party.discount_code, on) if party.discount_code.strip() else []
    cents = _sum(lines)
    if not found or cents <= 0:
        return
    best = max(found, key=lambda rule: _taken_off(rule, cents, party))
    name = say("Discount code %(name)s", name=best.name)
    if best.basis_points:
        why = say("%(share)s off the price.", share=percent(best.basis_points))
        yield _off(name, _taken_off(best, cents, party), why)
        return
    n = len(party.heads) if best.unit is Unit.PERSON else 1
    why = say("%(price)s off.", price=dollars(best.off_cents))
    if n:
        yield ChargeLine(what=name, n=n, each_cents=-best.off_cents, why=why)


def _taken_off(rule: Discount, cents: int, party: Party) -> int:
    if rule.basis_points:
        return (cents * rule.basis_points + WHOLE // 2) // WHOLE  # half a cent goes to the team
    return rule.off_cents * (len(party.heads) if rule.unit is Unit.PERSON else 1)


def _credits(lines: Lines, rules: Sequence[Rule], party: Party, on: date) -> Iterator[ChargeLine]:
    given = [
        rule
        for rule in of_kind(rules, SponsorCredit)
        if party.comes_as_team
        and (not rule.affiliations or belongs(party.affiliations, rule.affiliations))
    ]
    members = [at for at, head in enumerate(party.heads) if not head.visitor]
    paying = {head for line in lines if line.each_cents > 0 for head in line.heads}
    # Where the team pays as a whole, nobody pays a price of their own: it is for all of them.
    helped = tuple(at for at in members if at in paying) or tuple(members)
    for by, unit in product(dict.fromkeys(rule.by for rule in given), Unit):
        for rule in standing([one for one in given if (one.by, one.unit) == (by, unit)], on):
            heads = helped if unit is Unit.PERSON else ()
            if heads or unit is not Unit.PERSON:
                yield ChargeLine(
                    what=say("Paid by %(sponsor)s", sponsor=by or say("a sponsor")),
                    n=len(heads) or 1,
                    each_cents=-rule.off_cents,
                    why=sentence_of(rule.raw),
                    heads=heads,
                )


def _floor(lines: Lines, _rules: Sequence[Rule], _party: Party, _on: date) -> Iterator[ChargeLine]:
    cents = _sum(lines)
    if cents < 0:
        yield ChargeLine(
            what=say("More taken off than there was to pay"),
            n=1,
            each_cents=-cents,
            why=say("Credits and discounts never come to more than the price."),
        )


def _handling(lines: Lines, rules: Sequence[Rule], party: Party, on: date) -> Iterator[ChargeLine]:
    if party.by_purchase_order and _sum(lines) > 0:
        for rule in standing(of_kind(rules, PurchaseOrderFee), on):
            yield ChargeLine(
                what=say("Handling of the purchase order"),
                n=1,
                each_cents=rule.each_cents,
                why=sentence_of(rule.raw),
            )


def _off(what: str, cents: int, why: str) -> ChargeLine:
    return ChargeLine(what=what, n=1, each_cents=-cents, why=why)
