"""What a wave comes to in all its partnerships together, and partnership by partnership.

Partnerships read their own figures, so those are shown here as there; where they would give a
hidden partnership away, it is the sum that is hidden.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cohorts.surveys.domain.cells import (
    Cell,
    CellId,
    Dimension,
    Why,
    cells_of,
    hidden_among,
    partnership_cells,
)
from cohorts.surveys.domain.counts import Protected, may_be_counted, protected
from cohorts.surveys.domain.figures import Figure
from cohorts.surveys.domain.instruments import Instrument
from cohorts.surveys.domain.places import Place
from cohorts.surveys.domain.results import Row, Told, figures_by_cell, row_of
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class Overall:
    """A whole wave: everyone, then each partnership by title."""

    instrument: Instrument
    whole: Row
    partnerships: Mapping[UUID, Row]


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The partnerships of a wave as groups, and which of them their own pages hide."""

    cells: Sequence[Cell]
    told: Protected

    @property
    def shown(self) -> Sequence[Cell]:
        """Those whose own pages show them."""
        return [cell for cell in self.cells if cell.id not in self.told.hidden]


def overall_of(instrument: Instrument, told: Told, titles: Mapping[UUID, str]) -> Overall:
    """Return a wave's figures over all partnerships; ``titles`` name these in their order."""
    parts = parts_of(told)
    cells = {str(cell.key): cell for cell in parts.cells}
    gone, shown = parts.told.hidden, parts.shown
    whole = _everyone(told)
    hidden = hidden_among([whole], shown_elsewhere=shown)
    counted = may_be_counted(whole, parts.cells, parts.told)
    safe = Protected(
        hidden={**gone, **hidden},
        uncounted=parts.told.uncounted | (set() if counted else {whole.id}),
    )
    sums: dict[str, Figure] = {}
    theirs: dict[UUID, dict[str, Figure]] = {one: {} for one in titles}
    for scale in instrument.scales:
        found = figures_by_cell(scale, told, [whole], hidden, shown_elsewhere=shown)
        if whole.id in found:
            sums[scale.code] = found[whole.id]
        by_cell = figures_by_cell(scale, told, parts.cells, gone)
        for one in titles:
            figure = by_cell.get((Dimension.PARTNERSHIP, one))
            if figure is not None:
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


def sum_is_counted(told: Told, parts: Parts) -> bool:
    """Tell whether it may be said how many answered in all partnerships of a wave together."""
    return may_be_counted(_everyone(told), parts.cells, parts.told)


def parts_of(told: Told) -> Parts:
    """Return the partnerships of a wave, and what their own pages tell of each as a whole."""
    cells = partnership_cells(told.places, told.answered)
    hidden: dict[CellId, Why] = {}
    uncounted: set[CellId] = set()
    places: dict[Hashable, list[Place]] = defaultdict(list)
    for one in told.places:
        places[one.partnership_id].append(one)
    for cell in cells:
        inside = cells_of(places[cell.key], told.answered)
        safe = protected(inside)
        whole = inside[0].id
        if whole in safe.hidden:
            hidden[cell.id] = safe.hidden[whole]
        elif whole in safe.uncounted:
            uncounted.add(cell.id)
    return Parts(cells=cells, told=Protected(hidden=hidden, uncounted=uncounted))


def _everyone(told: Told) -> Cell:
    people = told.roster
    return Cell(dimension=Dimension.WHOLE, key="", people=people, answered=told.answered & people)


def _nobody(partnership_id: UUID) -> Cell:
    return Cell(
        dimension=Dimension.PARTNERSHIP,
        key=partnership_id,
        people=frozenset(),
        answered=frozenset(),
    )
