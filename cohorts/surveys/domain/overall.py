"""What a wave comes to in all its partnerships together, and partnership by partnership.

Partnerships read their own figures, so those are shown here as there; where they would give a
hidden partnership away, it is the sum that is hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cohorts.surveys.domain.cells import (
    Cell,
    Dimension,
    Why,
    hidden_among,
    on_roster,
    partnership_cells,
)
from cohorts.surveys.domain.figures import Figure
from cohorts.surveys.domain.instruments import Instrument
from cohorts.surveys.domain.results import Row, Told, figures_by_cell, percent
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
    gone = hidden_among(list(cells.values()))
    shown = [cell for cell in cells.values() if cell.id not in gone]
    everyone = frozenset(one.pseudonym for one in on_roster(told.places, told.answered))
    whole = Cell(
        dimension=Dimension.WHOLE, key="", people=everyone, answered=told.answered & everyone
    )
    hidden = hidden_among([whole], shown_elsewhere=shown)
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
    return Overall(
        instrument=instrument,
        whole=_row(say("Everyone"), whole, hidden.get(whole.id), sums),
        partnerships={
            one: _row(
                title,
                cells.get(str(one), _nobody(one)),
                gone.get((Dimension.PARTNERSHIP, one)) if str(one) in cells else Why.FEW,
                theirs[one],
            )
            for one, title in titles.items()
        },
    )


def _row(label: str, cell: Cell, why: Why | None, figures: Mapping[str, Figure]) -> Row:
    return Row(
        dimension=cell.dimension,
        label=label,
        people=len(cell.people),
        answered=None if why else len(cell.answered),
        response=None if why else percent(cell.response),
        hidden=why,
        figures={} if why else figures,
    )


def _nobody(partnership_id: UUID) -> Cell:
    return Cell(
        dimension=Dimension.PARTNERSHIP,
        key=partnership_id,
        people=frozenset(),
        answered=frozenset(),
    )
