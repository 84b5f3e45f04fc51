"""What a report says, as plain values: blocks of lines, hidden figures included."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from consortium.words import Sentence, say

Cell = int | Decimal | str | None
"""A count, an amount (hours, means, dollars), a word; ``None`` where it is hidden."""
EVERYTHING = "*"
"""The key of a line or column that sums up all others."""
HIDDEN = say("–")
WHY_HIDDEN = say(
    "– stands for a figure about fewer than five people, or for one by which such a figure could "
    "be worked out."
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row: what it is about, and its figures."""

    key: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """What one column counts."""

    key: str
    name: str
    people: bool = False
    """Whether it counts people, so that reports may not differ by a few of them."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One table of a report."""

    code: str
    title: str
    named: str
    """What its lines are: State, Role, Year."""
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line | None = None
    note: str = ""
    nothing: str = ""
    """What is said where there are no lines."""

    @property
    def hides(self) -> bool:
        """Whether a figure of it is hidden."""
        return any(cell is None for line in self.every_line for cell in line.cells)

    @property
    def every_line(self) -> tuple[Line, ...]:
        """Its lines, the total last."""
        return (*self.lines, *([self.total] if self.total else []))


@dataclass(frozen=True, kw_only=True)
class Story:
    """What a partnership tells of itself, published by consent of both its sides."""

    title: str
    partnership: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """A whole report: what it is about, its tables, its stories."""

    kind: str
    title: str
    consortium: str
    colour: str
    about: tuple[tuple[str, str], ...]
    """What it covers, a word and its value each: the grant, the period, the institutes."""
    made_on: date
    blocks: tuple[Block, ...]
    stories: tuple[Story, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def hides(self) -> bool:
        """Whether a figure of it is hidden."""
        return any(block.hides for block in self.blocks)

    def block(self, code: str) -> Block | None:
        """Return the table with this code, if the report has it."""
        return next((block for block in self.blocks if block.code == code), None)


def written(report: Report) -> str:
    """Return the report as text that is the same whenever its values are: canonical JSON."""
    said = {
        "kind": report.kind,
        "title": str(report.title),
        "consortium": report.consortium,
        "colour": report.colour,
        "about": [[str(word), value] for word, value in report.about],
        "made_on": report.made_on.isoformat(),
        "blocks": [_block_said(block) for block in report.blocks],
        "stories": [
            {"title": one.title, "partnership": one.partnership, "text": one.text}
            for one in report.stories
        ],
        "notes": [str(note) for note in report.notes],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of a report's text: another one whenever one letter is."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> Report:
    """Return the report that ``written`` made the text from."""
    said = json.loads(text)
    return Report(
        kind=said["kind"],
        title=said["title"],
        consortium=said["consortium"],
        colour=said["colour"],
        about=tuple((word, value) for word, value in said["about"]),
        made_on=date.fromisoformat(said["made_on"]),
        blocks=tuple(_block_read(block) for block in said["blocks"]),
        stories=tuple(Story(**one) for one in said["stories"]),
        notes=tuple(said["notes"]),
    )


def _block_said(block: Block) -> Mapping[str, Any]:
    return {
        "code": block.code,
        "title": str(block.title),
        "named": str(block.named),
        "columns": [
            {"key": one.key, "name": str(one.name), "people": one.people} for one in block.columns
        ],
        "lines": [_line_said(line) for line in block.lines],
        "total": _line_said(block.total) if block.total else None,
        "note": str(block.note),
        "nothing": str(block.nothing),
    }


def _block_read(said: Mapping[str, Any]) -> Block:
    return Block(
        code=said["code"],
        title=said["title"],
        named=said["named"],
        columns=tuple(Column(**one) for one in said["columns"]),
        lines=tuple(_line_read(line) for line in said["lines"]),
        total=_line_read(said["total"]) if said["total"] else None,
        note=said["note"],
        nothing=said["nothing"],
    )


def _line_said(line: Line) -> Mapping[str, Any]:
    return {
        "key": line.key,
        "name": str(line.name),
        "cells": [
            {"amount": format(cell, "f")} if isinstance(cell, Decimal) else _plain(cell)
            for cell in line.cells
        ],
    }


def _plain(cell: int | str | None) -> int | str | None:
    return str(cell) if isinstance(cell, Sentence) else cell


def _line_read(said: Mapping[str, Any]) -> Line:
    return Line(key=said["key"], name=said["name"], cells=tuple(map(_cell_read, said["cells"])))


def _cell_read(cell: Any) -> Cell:
    return Decimal(cell["amount"]) if isinstance(cell, Mapping) else cell


def lines_of(names: Mapping[str, str], cells: Mapping[str, Sequence[Cell]]) -> tuple[Line, ...]:
    """Return a line for each name that has figures, in the order of the names."""
    return tuple(
        Line(key=key, name=name, cells=tuple(cells[key]))
        for key, name in names.items()
        if key in cells
    )
