"""What a single field of a programme file may hold, for the reader and for the JSON Schema.

Texts are stripped before they are read, so the schema's patterns let white space stand around
them.
"""

import re
from datetime import date
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from consortium.directory.domain.states import STATES
from consortium.people.domain import Side
from consortium.words import say
from events.institutes.domain.sections.registering import (
    LONGEST_NOTICE,
    LONGEST_OFFER,
    MOST_REMINDERS,
)
from events.institutes.domain.states import countries
from events.institutes.domain.wording import FOREIGN
from events.programmes.domain.moments import NotAMoment, Said, said, said_day
from events.programmes.domain.reading import LONGEST_TEXT

LONGEST_LABEL = 200
LONGEST_CODE = 60
MOST_PLACES = 1_000_000
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_CODE = r"^[A-Za-z0-9][A-Za-z0-9._:-]*$"
_DATE = r"(199[0-9]|20[0-9]{2}|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_OFFSET = r"(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
_TIME = rf"T([01][0-9]|2[0-3]):[0-5][0-9](:00)?{_OFFSET}?"


def _one_line(text: str) -> str:
    if "\n" in text or "\r" in text or "\t" in text:
        raise PydanticCustomError(
            "one_line", str(say("This must be one line. Take out the line breaks and tabs."))
        )
    return text


def _code(text: str) -> str:
    if not re.fullmatch(_CODE, text):
        raise PydanticCustomError(
            "code",
            str(say("This is a short name without spaces. Use letters, digits, “-” and “_”.")),
        )
    return text


def _state(text: str) -> str:
    if text not in STATES:
        raise PydanticCustomError("state", str(say("Write the two letters of a state, like VT.")))
    return text


def _https(text: str) -> str:
    if not re.fullmatch(r"https://\S+", text):
        raise PydanticCustomError(
            "https", str(say("Write the whole address, from https:// on, without spaces."))
        )
    return text


def _day(value: Any) -> date:
    try:
        return said_day(_text(value))
    except NotAMoment as error:
        raise PydanticCustomError("day", "{why}", {"why": str(error)}) from error


def _moment(value: Any) -> Said:
    try:
        return said(_text(value))
    except NotAMoment as error:
        raise PydanticCustomError("moment", "{why}", {"why": str(error)}) from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "text")
    return value


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def texts(pattern: str, longest: int = LONGEST_TEXT, **more: Any) -> dict[str, Any]:
    """Return the schema of a text that is this, once it is stripped."""
    around = rf"^\s*({pattern})\s*$"
    return {"type": "string", "pattern": around, "maxLength": longest, **more}


def one_or_several(item: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list that may be written without its brackets when it has one."""
    return {"anyOf": [item, {"type": "array", "items": item}]}


_LINE = r"[^\n\r\t]*"
_NAME = texts(r"\S[^\n\r\t]*", LONGEST_LABEL)
_STATE = texts("|".join((*STATES, FOREIGN + "(" + "|".join(sorted(countries())) + ")")), 60)
_EVERY = texts("[Aa][Ll][Ll]", 60)

Text: TypeAlias = Annotated[str, WithJsonSchema({"type": "string", "maxLength": LONGEST_TEXT})]
Words: TypeAlias = Annotated[
    str, WithJsonSchema({"type": "string", "pattern": r"\S", "maxLength": LONGEST_TEXT})
]
Written: TypeAlias = Annotated[
    str,
    Field(min_length=1),
    WithJsonSchema({"type": "string", "pattern": r"\S", "maxLength": LONGEST_TEXT}),
]
Label: TypeAlias = Annotated[
    str,
    Field(max_length=LONGEST_LABEL),
    AfterValidator(_one_line),
    WithJsonSchema(texts(_LINE, LONGEST_LABEL)),
]
Name: TypeAlias = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_LABEL),
    AfterValidator(_one_line),
    WithJsonSchema(_NAME),
]
Zone: TypeAlias = Annotated[
    Label,
    WithJsonSchema(
        texts(r"[A-Za-z_]+/[A-Za-z0-9_+/-]+", LONGEST_LABEL, examples=["America/Chicago"])
    ),
]
Code: TypeAlias = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_CODE),
    AfterValidator(_code),
    WithJsonSchema(texts(_CODE.strip("^$"), LONGEST_CODE)),
]
Slug: TypeAlias = Annotated[
    str,
    Field(pattern=SLUG, max_length=LONGEST_CODE),
    WithJsonSchema(texts(SLUG.strip("^$"), LONGEST_CODE)),
]
Link: TypeAlias = Annotated[
    str, Field(max_length=2_000), AfterValidator(_one_line), WithJsonSchema(texts(_LINE, 2_000))
]
Mark: TypeAlias = Annotated[
    Label, WithJsonSchema({"anyOf": [{"type": "boolean"}, texts(_LINE, LONGEST_LABEL)]})
]
DayOf: TypeAlias = Annotated[
    date, BeforeValidator(_day), WithJsonSchema(texts(_DATE, examples=["2027-06-22"]))
]
DueOf: TypeAlias = Annotated[
    Said,
    BeforeValidator(_moment),
    WithJsonSchema(texts(f"{_DATE}({_TIME})?", examples=["2027-05-31", "2027-05-31T17:00"])),
]
MomentOf: TypeAlias = Annotated[
    Said,
    BeforeValidator(_moment),
    WithJsonSchema(
        texts(
            _DATE + _TIME,
            examples=["2027-06-22T09:00"],
            description="Wall time in the programme's zone; an offset makes it an instant.",
        )
    ),
]
BothEnds: TypeAlias = Annotated[
    Label,
    WithJsonSchema(
        texts(
            rf"({_DATE}{_TIME}\s*/\s*{_DATE}{_TIME})?",
            LONGEST_LABEL,
            examples=["2027-10-06T15:30/2027-10-06T17:00"],
        )
    ),
]
Places: TypeAlias = Annotated[int, Field(ge=1, le=MOST_PLACES)]
Count: TypeAlias = Annotated[int, Field(ge=0, le=MOST_PLACES)]
Names: TypeAlias = Annotated[
    list[Name], BeforeValidator(_listed), WithJsonSchema(one_or_several(_NAME))
]
Sides: TypeAlias = Annotated[
    list[Annotated[Side, Field(strict=False)]],
    BeforeValidator(_listed),
    WithJsonSchema(one_or_several({"type": "string", "enum": [side.value for side in Side]})),
]
Share: TypeAlias = Annotated[int, Field(ge=1, le=1_000)]
OfferHours: TypeAlias = Annotated[int, Field(ge=1, le=LONGEST_OFFER)]
DaysBefore: TypeAlias = Annotated[
    list[Annotated[int, Field(ge=1, le=LONGEST_NOTICE)]], Field(max_length=MOST_REMINDERS)
]
OneState: TypeAlias = Annotated[
    str, AfterValidator(_state), WithJsonSchema(texts("|".join(STATES), 60))
]
WebAddress: TypeAlias = Annotated[
    str,
    Field(max_length=2_000),
    AfterValidator(_https),
    WithJsonSchema(texts(r"https://\S+", 2_000)),
]
Home: TypeAlias = Annotated[Any, WithJsonSchema({"anyOf": [_EVERY, one_or_several(_STATE)]})]
States: TypeAlias = Annotated[Any, WithJsonSchema(one_or_several(_STATE))]
Others: TypeAlias = Annotated[
    Any,
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "array", "items": _STATE}],
            "description": "States, or “all”, “by_request”, or the host's own words.",
        }
    ),
]
