"""Cells of a workbook's sheet as the texts that a person sees in them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from consortium.errors import Refusal
from consortium.words import say

MOST_COLUMNS = 400
MOST_ROWS = 20_000
"""Under the header."""
LONGEST_CELL = 32_767  # characters; Excel's own limit
MOST_CHARACTERS = 20_000_000  # of all cells; a short file can repeat a long text many times
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
FIRST_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
MOST_DAYS = 2_958_465  # 9999-12-31
WHOLE = 1e15  # beyond it a spreadsheet's number is not exact any more
SHOWN_DIGITS = 15  # a sum of 0.1 and 0.2 is stored as 0.30000000000000004, and shown as 0.3
Attributes = dict[str, str]


class WorkbookRefused(Refusal):
    """The workbook as a whole cannot be read."""


def too_large() -> WorkbookRefused:
    """Return the refusal of a workbook that no list of people fills."""
    return WorkbookRefused(
        say("The workbook is too large for a list of teams and people. Split it, or save it anew.")
    )


@dataclass(frozen=True)
class Reading:
    """What the cells of a sheet refer to."""

    texts: list[str]
    day_styles: frozenset[int]
    first_day: date


class Cells:
    """Collects the cells of a sheet, row by row."""

    def __init__(self, reading: Reading) -> None:
        self.done: list[tuple[int, list[str] | Refusal]] = []
        self._reading = reading
        self._row: dict[int, str] = {}
        self._fault: Refusal | None = None
        self._number = self._column = self._seen = self._characters = 0
        self._kind = self._style = ""
        self._computed = False
        self._within: list[str] = []
        self._pieces: list[str] = []

    def start(self, name: str, values: Attributes) -> None:
        """Begin a row, a cell or a part of one."""
        self._within.append(name)
        if name == "row":
            number = values.get("r", "")
            self._number = int(number) if number else self._number + 1
            self._row, self._column, self._fault = {}, -1, None
        elif name == "c":
            found = REFERENCE.fullmatch(values.get("r", ""))
            self._column = _column(found[1]) if found else self._column + 1
            self._kind, self._style = values.get("t", "n"), values.get("s", "0")
            self._pieces, self._computed = [], False
        elif name == "f":
            self._computed = True

    def text(self, said: str) -> None:
        """Take text of a cell's value; a formula's own text is not its value."""
        if self._within[-1] in {"v", "t"} and "rPh" not in self._within:
            self._pieces.append(said)

    def end(self, name: str) -> None:
        """Finish a cell or a row."""
        self._within.pop()
        if name == "c":
            self._finish_cell("".join(self._pieces))
        elif name == "row" and (self._fault or any(text.strip() for text in self._row.values())):
            self._seen += 1
            if self._seen > MOST_ROWS + 1:
                raise too_large()
            width = max(self._row, default=-1) + 1
            row = [self._row.get(column, "") for column in range(width)]
            self.done.append((self._number, self._fault or row))

    def _finish_cell(self, said: str) -> None:
        if not said and self._computed and self._kind != "str":
            self._fault = Refusal(
                say(
                    "A cell has a formula whose result was not saved. Open the file in Excel or "
                    "LibreOffice and save it again."
                )
            )
        if not said:
            return
        if self._column >= MOST_COLUMNS:
            raise too_large()
        if len(said) > LONGEST_CELL:
            self._fault = Refusal(say("A cell is far too long."))
        elif self._kind == "e":
            self._fault = Refusal(
                say("A cell shows the error %(error)s. Correct its formula.", error=said[:20])
            )
        else:
            value = self._row[self._column] = self._value(said)
            self._characters += len(value)
            if self._characters > MOST_CHARACTERS:
                raise too_large()

    def _value(self, said: str) -> str:
        if self._kind == "s":
            return self._reading.texts[int(said)]
        if self._kind in {"str", "inlineStr"}:
            return unescaped(said)
        if self._kind == "b":
            return "yes" if said == "1" else "no"
        if self._kind == "d":
            return said[:10]
        return _number(said, self._reading, is_day=int(self._style) in self._reading.day_styles)


def _number(said: str, reading: Reading, *, is_day: bool) -> str:
    value = float(said)
    if is_day and 0 < value <= MOST_DAYS:
        moment = datetime.combine(reading.first_day, datetime.min.time()) + timedelta(days=value)
        return moment.date().isoformat()
    if value.is_integer() and abs(value) < WHOLE:
        return str(int(value))
    return format(Decimal(f"{value:.{SHOWN_DIGITS}g}"), "f")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def unescaped(text: str) -> str:
    """Return a text whose control characters were written as ``_x000D_``."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
