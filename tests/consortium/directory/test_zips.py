"""Districts are found by the ZIP code of their office."""

import pytest

from consortium.database import db
from consortium.directory import service
from consortium.directory.domain import LeaRecord
from tests.consortium.directory.finding import found
from tests.queries import counting_queries


@pytest.fixture
def zips() -> None:
    records = [
        LeaRecord(id="3499991", name="Überlin Charter", state="NJ", zip="08904", enrollment=9),
        LeaRecord(id="3499992", name="Highland Park Boro", state="NJ", zip="08904", enrollment=5),
        LeaRecord(id="4299991", name="Aspen 12345", state="PA", zip="17362"),
    ]
    service.take_leas(records, source="a test", by="a test")
    db.session.commit()


@pytest.mark.usefixtures("zips")
@pytest.mark.parametrize(
    ("text", "state", "names"),
    [
        ("08904", None, ["Highland Park Boro, NJ", "Überlin Charter, NJ"]),
        (" 08904-1234", None, ["Highland Park Boro, NJ", "Überlin Charter, NJ"]),
        ("08904", "NJ", ["Highland Park Boro, NJ", "Überlin Charter, NJ"]),
        ("08904", "PA", []),
        ("0890", None, []),
        ("08905", None, []),
        ("12345", None, ["Aspen 12345, PA"]),
    ],
)
def test_a_zip_code_finds_the_offices_there_by_name(
    text: str, state: str | None, names: list[str]
) -> None:
    assert found(text, state) == names


@pytest.mark.usefixtures("zips")
def test_a_zip_code_takes_as_many_queries_for_one_as_for_many() -> None:
    with counting_queries() as one:
        assert len(found("17362")) == 1
    with counting_queries() as two:
        assert len(found("08904")) == 2

    assert len(one) == len(two) == 1
    assert found("08904", limit=1) == ["Highland Park Boro, NJ"]


def test_a_directory_tells_whether_it_knows_zip_codes(request: pytest.FixtureRequest) -> None:
    assert not service.has_zips()
    request.getfixturevalue("zips")
    assert service.has_zips()
