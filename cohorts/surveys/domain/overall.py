"""What a wave comes to in all its partnerships together, and partnership by partnership.

Partnerships read their own figures, so those are shown here as there; where they would give a
hidden partnership away, it is the sum that is hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cohorts.surveys.domain.cells import (
    Cell,
    CellId,
    Dimension,
    Why,
    cells_of,
    hidden_among,
    on_roster,
    partnership_cells,
)
from cohorts.surveys.domain.counts import Protected, may_be_counted, protected
from cohorts.surveys.domain.figures import Figure
from cohorts.surveys.domain.instruments import Instrument
from cohorts.surveys.domain.results import Row, Told, figures_by_cell, row_of
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class Overall:
    """A whole wave: everyone, then each partnership by title."""

    instrument: Instrument
    whole: Row
    partnerships: Mapping[UUID, Row]


def overall_of(instrument: Instrument, told: Told, titles: Mapping[UUID, str]) -> Overall:
    """Return a wave's figures over all partnerships; ``titles`` name these in their order."""
    cells = {str(cell.key): cell for cell in partnership_cells(told.places, told.answered)}
    parts = list(cells.values())
    theirs_told = partnerships_told(told, parts)
    gone = theirs_told.hidden
    shown = [cell for cell in parts if cell.id not in gone]
    whole = _everyone(told)
    hidden = hidden_among([whole], shown_elsewhere=shown)
    counted = may_be_counted(whole, parts, theirs_told)
    safe = Protected(
        hidden={**gone, **hidden},
        uncounted=theirs_told.uncounted | (set() if counted else {whole.id}),
    )
    sums: dict[str, Figure] = {}
    theirs: dict[UUID, dict[str, Figure]] = {one: {} for one in titles}
    for scale in instrument.scales:
        found = figures_by_cell(scale, told, [whole], hidden, shown_elsewhere=shown)
        if whole.id in found:
            sums[scale.code] = found[whole.id]
        for one in titles:
            cell = cells.get(str(one))
            alone = [cell] if cell else []
            for figure in figures_by_cell(scale, told, alone, gone).values():
                theirs[one][scale.code] = figure
    nobody = {_nobody(one).id: Why.FEW for one in titles if str(one) not in cells}
    asked = Protected(hidden={**safe.hidden, **nobody}, uncounted=safe.uncounted)
    return Overall(
        instrument=instrument,
        whole=row_of(whole, say("Everyone"), safe, sums),
        partnerships={
            one: row_of(cells.get(str(one), _nobody(one)), title, asked, theirs[one])
            for one, title in titles.items()
        },
    )


def sum_is_counted(told: Told) -> bool:
    """Tell whether it may be said how many answered in all partnerships of a wave together."""
    parts = partnership_cells(told.places, told.answered)
    return may_be_counted(_everyone(told), parts, partnerships_told(told, parts))


def partnerships_told(told: Told, cells: Sequence[Cell]) -> Protected:
    """Return what the partnerships' own pages tell of each as a whole."""
    hidden: dict[CellId, Why] = {}
    uncounted: set[CellId] = set()
    for cell in cells:
        places = [one for one in told.places if one.partnership_id == cell.key]
        inside = cells_of(places, told.answered)
        safe = protected(inside)
        whole = inside[0].id
        if whole in safe.hidden:
            hidden[cell.id] = safe.hidden[whole]
        elif whole in safe.uncounted:
            uncounted.add(cell.id)
    return Protected(hidden=hidden, uncounted=uncounted)


def _everyone(told: Told) -> Cell:
    people = frozenset(one.pseudonym for one in on_roster(told.places, told.answered))
    return Cell(dimension=Dimension.WHOLE, key="", people=people, answered=told.answered & people)


def _nobody(partnership_id: UUID) -> Cell:
    return Cell(
        dimension=Dimension.PARTNERSHIP,
        key=partnership_id,
        people=frozenset(),
        answered=frozenset(),
    )
