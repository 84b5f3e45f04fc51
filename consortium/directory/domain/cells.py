"""Cells of a list: what each may say, and the sentence for one that says something else."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import TypeVar
from zoneinfo import available_timezones

from consortium.directory.domain.records import LOCALES
from consortium.directory.domain.states import ALL_STATES
from consortium.errors import Refusal
from consortium.words import say

Value = TypeVar("Value")

# How the CCD says “not reported” and “does not apply”.
MISSING = frozenset({"", "na", "n/a", "m", "n", "-1", "-2", "-9", "†", "‡", "–", "—", "-", "."})
LONGEST_TEXT = 200
SHOWN = 40  # characters of a wrong cell that a sentence quotes
# The box of the 50 states and the territories; Guam lies beyond the date line.
SOUTH, NORTH = -15.0, 72.0
LONGITUDES = ((-180.0, -64.0), (144.0, 180.0))
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
LEA_ID = re.compile(r"[0-9]{7}")
_ID_WITHOUT_ZERO = re.compile(r"[0-9]{6}")
_ZIP = re.compile(r"([0-9]{5})(?:-?[0-9]{4})?")
_ZIP_WITHOUT_ZEROS = re.compile(r"[0-9]{3,4}")
_COUNT = re.compile(r"[0-9]{1,7}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")


def missing(cell: str) -> bool:
    """Tell whether the cell says nothing, in any of the ways of the CCD."""
    return cell.lower() in MISSING


def clean(cell: str) -> str:
    """Return the text as it will be stored: NFC, single spaces. Raises ``Refusal``."""
    text = unicodedata.normalize("NFC", cell)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    for character in text.strip():
        if character in "\r\n":
            raise Refusal(
                say(
                    "A line break stands inside a cell. A quotation mark may be missing; save the "
                    "file as CSV again."
                )
            )
        if unicodedata.category(character) in _HIDDEN:
            raise Refusal(
                say(
                    "The row has a hidden control character (%(code)s). Retype that text; if the "
                    "whole file looks wrong, name its encoding.",
                    code=f"U+{ord(character):04X}",
                )
            )
        if character == "\N{REPLACEMENT CHARACTER}":
            raise Refusal(
                say(
                    "The row has a “%(sign)s”: a letter was lost when the file was saved. "
                    "Retype it.",
                    sign=character,
                )
            )
    return " ".join(text.split())


def name_of(cell: str) -> str:
    """Return the name. Raises ``Refusal`` when there is none."""
    if missing(cell):
        raise Refusal(say("The row has no name."))
    return _short(cell)


def city_of(cell: str) -> str:
    """Return the city, empty when it is not reported. Raises ``Refusal``."""
    return "" if missing(cell) else _short(cell)


def _short(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Refusal(
            say("Names and cities have at most %(longest)s characters.", longest=LONGEST_TEXT)
        )
    return text


def state_of(cell: str) -> str:
    """Return the code of the state or territory. Raises ``Refusal``."""
    if missing(cell):
        raise Refusal(say("The row has no state."))
    if cell.upper() not in ALL_STATES:
        raise Refusal(
            say("“%(code)s” is not the code of a state or territory, like NJ.", code=cell[:SHOWN])
        )
    return cell.upper()


def id_of(cell: str, state: str) -> str:
    """Return the LEA id; a leading zero that a spreadsheet ate is put back. Raises ``Refusal``."""
    if LEA_ID.fullmatch(cell):
        return cell
    if lost_its_zero(cell) and ("0" + cell).startswith(ALL_STATES[state].digits):
        return "0" + cell
    raise Refusal(
        say("“%(id)s” is not an LEA id: seven digits, leading zeros included.", id=cell[:SHOWN])
    )


def lost_its_zero(cell: str) -> bool:
    """Tell whether the id has six digits, as spreadsheets leave it."""
    return _ID_WITHOUT_ZERO.fullmatch(cell) is not None


def zip_of(cell: str) -> str:
    """Return the five digits of the ZIP code, empty when not reported. Raises ``Refusal``."""
    if missing(cell):
        return ""
    if found := _ZIP.fullmatch(cell):
        return found[1]
    if _ZIP_WITHOUT_ZEROS.fullmatch(cell):
        return cell.zfill(5)
    raise Refusal(say("“%(code)s” is not a ZIP code of five digits.", code=cell[:SHOWN]))


def place_of(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    """Return latitude and longitude, both or neither. Raises ``Refusal``."""
    if missing(latitude) and missing(longitude):
        return None, None
    north, east = _degrees(latitude), _degrees(longitude)
    if SOUTH <= north <= NORTH and any(start <= east <= end for start, end in LONGITUDES):
        return north, east
    raise Refusal(
        say(
            "Latitude %(latitude)s, longitude %(longitude)s is not a place in the United States. "
            "Are the two exchanged, or is a minus sign missing?",
            latitude=latitude[:SHOWN],
            longitude=longitude[:SHOWN],
        )
    )


def _degrees(cell: str) -> float:
    if not _DEGREES.fullmatch(cell):
        raise Refusal(
            say(
                "Latitude and longitude are two numbers like 40.50, not “%(cell)s”.",
                cell=cell[:SHOWN],
            )
        )
    return float(cell)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def time_zone_of(cell: str) -> str:
    """Return the IANA zone, empty when not reported. Raises ``Refusal``."""
    if missing(cell):
        return ""
    if cell not in _zones():
        raise Refusal(say("“%(zone)s” is not a time zone like America/Chicago.", zone=cell[:SHOWN]))
    return cell


def locale_of(cell: str) -> str:
    """Return the NCES locale code, empty when not reported. Raises ``Refusal``."""
    if missing(cell):
        return ""
    code = cell.partition("-")[0]  # some releases write 41-Rural: Fringe
    if code not in LOCALES:
        raise Refusal(say("“%(code)s” is not a locale code from 11 to 43.", code=cell[:SHOWN]))
    return code


def enrollment_of(cell: str) -> int | None:
    """Return the number of students, None when not reported. Raises ``Refusal``."""
    if missing(cell):
        return None
    if not _COUNT.fullmatch(cell):
        raise Refusal(
            say(
                "The enrollment “%(cell)s” is not a number of students. Write digits only, or "
                "leave it empty.",
                cell=cell[:SHOWN],
            )
        )
    return int(cell)


def meaning_of(cell: str, meanings: Mapping[str, Value], *, column: str) -> Value | None:
    """Return what the code means, None when not reported. Raises ``Refusal``."""
    if missing(cell):
        return None
    if cell not in meanings:
        raise Refusal(
            say(
                "%(column)s is “%(cell)s”, which is none of its codes.",
                column=column,
                cell=cell[:SHOWN],
            )
        )
    return meanings[cell]
