"""What institutes cost and who pays: sums of organizations, and what a funder gave."""

from decimal import Decimal

from cohorts.reports.domain.ground import InstituteMoney
from cohorts.reports.domain.reach import ALL, Crowd
from cohorts.reports.domain.tables import EVERYTHING, Block, Column, Line
from consortium.small_cells import LEAST, protect_line
from consortium.words import say


def money_blocks(crowd: Crowd) -> list[Block]:
    """Return the figures of each institute, and what payers of each kind were billed and paid."""
    every = InstituteMoney(
        title="",
        billed_cents=sum(one.billed_cents for one in crowd.ground.money),
        received_cents=sum(one.received_cents for one in crowd.ground.money),
        refunded_cents=sum(one.refunded_cents for one in crowd.ground.money),
        written_off_cents=sum(one.written_off_cents for one in crowd.ground.money),
        open_cents=sum(one.open_cents for one in crowd.ground.money),
    )
    payers = crowd.ground.payers
    # Few persons who pay for themselves are hidden, and an organization's line with them.
    shown = protect_line(
        [max(one.billed_cents, LEAST) if one.persons is None else one.persons for one in payers]
    ).counts
    return [
        Block(
            code="money",
            title=say("Fees by institute, in dollars"),
            named=say("Institute or cohort"),
            columns=(
                Column(key="billed", name=say("Billed")),
                Column(key="received", name=say("Received")),
                Column(key="refunded", name=say("Refunded")),
                Column(key="written_off", name=say("Waived or written off")),
                Column(key="open", name=say("Open")),
            ),
            lines=tuple(
                Line(key=one.title, name=one.title, cells=_figures(one))
                for one in crowd.ground.money
            ),
            total=Line(key=EVERYTHING, name=ALL, cells=_figures(every))
            if crowd.ground.money
            else None,
            nothing=say("Nothing was billed."),
        ),
        Block(
            code="payers",
            title=say("Who pays, in dollars"),
            named=say("Kind of payer"),
            columns=(
                Column(key="billed", name=say("Billed")),
                Column(key="received", name=say("Received")),
            ),
            lines=tuple(
                Line(
                    key=one.kind,
                    name=one.kind,
                    cells=(None, None)
                    if figure is None
                    else (in_dollars(one.billed_cents), in_dollars(one.received_cents)),
                )
                for one, figure in zip(payers, shown, strict=True)
            ),
            total=Line(
                key=EVERYTHING,
                name=ALL,
                cells=(
                    in_dollars(sum(one.billed_cents for one in payers)),
                    in_dollars(sum(one.received_cents for one in payers)),
                ),
            )
            if payers
            else None,
            nothing=say("Nothing was billed."),
        ),
    ]


def grant_blocks(crowd: Crowd) -> list[Block]:
    """Return what the funder gave, and what was brought beside it."""
    grant = crowd.ground.grant
    if grant is None:
        return []
    lines = (
        ("awarded", say("Awarded"), grant.awarded_cents),
        ("cash", say("Match in cash"), grant.cash_match_cents),
        ("in_kind", say("Match in kind"), grant.in_kind_cents),
    )
    return [
        Block(
            code="grant",
            title=say("The grant and its match, in dollars"),
            named=say("What"),
            columns=(Column(key="amount", name=say("Amount")),),
            lines=tuple(
                Line(key=key, name=name, cells=(in_dollars(cents),)) for key, name, cents in lines
            ),
            nothing="",
        )
    ]


def in_dollars(cents: int) -> Decimal:
    """Return cents as dollars and cents."""
    return (Decimal(cents) / 100).quantize(Decimal("0.01"))


def _figures(one: InstituteMoney) -> tuple[Decimal, ...]:
    return (
        in_dollars(one.billed_cents),
        in_dollars(one.received_cents),
        in_dollars(one.refunded_cents),
        in_dollars(one.written_off_cents),
        in_dollars(one.open_cents),
    )
