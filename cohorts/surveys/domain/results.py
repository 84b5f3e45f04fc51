"""What a wave comes to for one partnership: groups, scales, statements, own words, the network.

Everything that is hidden is missing from these values: whoever shows them can give nothing away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from cohorts.surveys.domain.answers import shuffled
from cohorts.surveys.domain.cells import (
    Cell,
    CellId,
    Dimension,
    Hidden,
    Why,
    cells_of,
    hidden_among,
    of_those,
    on_roster,
)
from cohorts.surveys.domain.counts import Protected, protected
from cohorts.surveys.domain.figures import Bars, Figure, Reply, bars_of, figure_of, scores_on
from cohorts.surveys.domain.instruments import Instrument, OpenQuestion, Scale
from cohorts.surveys.domain.places import (
    DISTRICT_OFFICE,
    GROUP_WORDS,
    Place,
    RoleGroup,
    side_in_words,
)
from cohorts.surveys.domain.rules import FEWEST, FEWEST_TEXTS
from consortium.people.domain import Side
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class Told:
    """Answers to one wave: the roster under pseudonyms, and the replies."""

    places: Sequence[Place]
    replies: Sequence[Reply]

    @cached_property
    def answered(self) -> frozenset[UUID]:
        """The pseudonyms of those who answered."""
        return frozenset(one.pseudonym for one in self.replies)

    @cached_property
    def roster(self) -> frozenset[UUID]:
        """The pseudonyms of those who count as asked."""
        return frozenset(one.pseudonym for one in on_roster(self.places, self.answered))


@dataclass(frozen=True, kw_only=True)
class Row:
    """A group and its figures; where it is hidden, only how many people are in it, and why."""

    dimension: Dimension
    label: str
    people: int
    answered: int | None
    """``None`` where the group is hidden, or where the number would tell one of a hidden group."""
    response: int | None
    """Percent of them who answered; ``None`` where the group is hidden or its number left out."""
    hidden: Why | None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    """By the scale's code; a scale is missing where it is hidden for this group."""


@dataclass(frozen=True, kw_only=True)
class Voices:
    """What people wrote to one open question, in no order; empty where too few wrote."""

    question: OpenQuestion
    texts: tuple[str, ...]
    shown: bool


@dataclass(frozen=True, kw_only=True)
class Results:
    """What a wave comes to."""

    instrument: Instrument
    whole: Row
    groups: Mapping[Dimension, tuple[Row, ...]]
    bars: Mapping[str, tuple[Bars, ...]]
    """By the scale's code, its statements for everyone together."""
    voices: tuple[Voices, ...]
    """For hosts who may read them, and nobody else."""

    @property
    def shown(self) -> bool:
        """Whether anything may be shown at all."""
        return self.whole.hidden is None


def results_of(instrument: Instrument, told: Told, *, salt: str) -> Results:
    """Return the results; ``salt`` keeps texts in one order that tells nothing."""
    cells = cells_of(told.places, told.answered)
    safe = protected(cells)
    by_scale = {
        one.code: figures_by_cell(one, told, cells, safe.hidden) for one in instrument.scales
    }
    rows = [_row(cell, safe, by_scale) for cell in cells]
    whole = rows[0]
    return Results(
        instrument=instrument,
        whole=whole,
        groups={
            dimension: tuple(row for row in rows if row.dimension is dimension)
            for dimension in (Dimension.SCHOOL, Dimension.GROUP, Dimension.SIDE)
        },
        bars={one.code: _bars(one, told, whole) for one in instrument.scales},
        voices=tuple(_voices(one, told, whole, salt) for one in instrument.questions),
    )


def everyone_is_hidden_beside(told: Told) -> bool:
    """Tell whether everyone's figures are hidden only since they would tell of a smaller group."""
    whole, *groups = cells_of(told.places, told.answered)
    return protected([whole, *groups]).hidden.get(whole.id) is Why.BESIDE


def figures_by_cell(
    scale: Scale,
    told: Told,
    cells: Sequence[Cell],
    hidden: Hidden,
    *,
    shown_elsewhere: Sequence[Cell] = (),
) -> Mapping[CellId, Figure]:
    """Return a scale's figures by the cell's id, of those cells that may be shown for it."""
    scores = scores_on(scale, told.replies)
    scored = of_those(cells, scores)
    beside = of_those(shown_elsewhere, scores)
    gone = hidden_among(scored, already=hidden, shown_elsewhere=beside)
    return {
        cell.id: figure
        for cell in scored
        if cell.id not in gone and (figure := figure_of(scale, scores, cell.answered)) is not None
    }


def label_of(dimension: Dimension, key: object) -> str:
    """Name a group."""
    if dimension is Dimension.SCHOOL:
        return str(key) or DISTRICT_OFFICE
    if dimension is Dimension.GROUP:
        return GROUP_WORDS[RoleGroup(str(key))]
    if dimension is Dimension.SIDE:
        return side_in_words(Side(str(key)))
    return say("Everyone")


def percent(share: float | None) -> int | None:
    """Return a share as a whole percent."""
    return None if share is None else int(share * 100 + 0.5)


def row_of(cell: Cell, label: str, safe: Protected, figures: Mapping[str, Figure]) -> Row:
    """Return what readers are told of a group."""
    why = safe.hidden.get(cell.id)
    counted = why is None and cell.id not in safe.uncounted
    return Row(
        dimension=cell.dimension,
        label=label,
        people=len(cell.people),
        answered=len(cell.answered) if counted else None,
        response=percent(cell.response) if counted else None,
        hidden=why,
        figures={} if why else figures,
    )


def _row(cell: Cell, safe: Protected, by_scale: Mapping[str, Mapping[CellId, Figure]]) -> Row:
    figures = {code: found[cell.id] for code, found in by_scale.items() if cell.id in found}
    return row_of(cell, label_of(cell.dimension, cell.key), safe, figures)


def _bars(scale: Scale, told: Told, whole: Row) -> tuple[Bars, ...]:
    if whole.hidden:
        return ()
    return tuple(bars_of(scale, told.replies, fewest=FEWEST))


def _voices(question: OpenQuestion, told: Told, whole: Row, salt: str) -> Voices:
    texts = list(_texts(question.code, told.replies))
    if whole.hidden or len(texts) < FEWEST_TEXTS:
        return Voices(question=question, texts=(), shown=False)
    return Voices(question=question, texts=shuffled(texts, salt=salt), shown=True)


def _texts(code: str, replies: Iterable[Reply]) -> Iterable[str]:
    for reply in replies:
        text = reply.answers.get(code)
        if isinstance(text, str):
            yield text
