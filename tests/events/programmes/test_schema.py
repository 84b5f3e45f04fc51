"""The JSON Schema says of real files what the reader says."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from events.programmes.domain import json_schema, parse, written
from events.programmes.domain.unwrapping import unwrap
from tests.events.programmes.files import FILES, NAMES, small

pytestmark = pytest.mark.pure
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_real_file_fits_once_its_sources_are_taken_away(file: Path) -> None:
    plain, _ = unwrap(json.loads(file.read_text()))
    assert list(VALIDATOR.iter_errors(plain)) == []


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_written_file_fits(file: Path) -> None:
    plain = written(parse(file.read_bytes()).programme)
    assert list(VALIDATOR.iter_errors(plain)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ...},
        {"timezone": 5},
        {"days__0__date": 3},
        {"roles__0__side": "labour"},
        {"roles__0__min": -1},
        {"sessions__0__id": "two words"},
        {"sessions__0__start": "9 am"},
        {"capacity__people": 0},
        {"deadlines__0__at": 20270301},
        {"fees__currency": "EUR"},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses_too(changes: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(small(**changes))
