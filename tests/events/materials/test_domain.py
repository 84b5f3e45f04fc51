from datetime import date, datetime

import pytest

from events.materials.domain import (
    Audience,
    MaterialRefused,
    Subject,
    host_of_link,
    size_in_words,
)
from tests.events.materials.stage import spec

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "subject", [Subject(), Subject(session="a:b"), Subject(on=date(2026, 5, 1))]
)
def test_a_subject_is_read_as_it_is_written(subject: Subject) -> None:
    assert Subject.read(subject.key) == subject


@pytest.mark.parametrize("key", ["day:tomorrow", "team:1", "session:", "x"])
def test_what_no_form_offers_is_no_subject(key: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Subject.read(key)


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://video.example.org/a?b=1#c", "video.example.org"),
        ("https://video.example.org:8443/", "video.example.org"),
        ("http://video.example.org/", None),
        ("javascript:alert(1)", None),
        ("https:video.example.org", None),
        ("https://user:secret@example.org/", None),
        ("https://good.example@evil.example/", None),
        ("https://exa mple.org/", None),
        ("https://\\evil.example", None),
        ("https://[::1", None),
        ("https://example.org:port/", None),
        ("https://localhost/", None),
        ("//example.org", None),
        ("https://example.org/" + "x" * 2_000, None),
    ],
)
def test_only_a_whole_https_address_is_a_link(link: str, host: str | None) -> None:
    assert host_of_link(link) == host


@pytest.mark.parametrize(
    ("values", "with_file", "field"),
    [
        ({"title": " "}, True, "title"),
        ({"title": "x" * 151}, True, "title"),
        ({}, False, "file"),
        ({"link": "https://example.org/a"}, True, "link"),
        ({"link": "http://example.org/a"}, False, "link"),
        ({"audience": Audience.AGENDA}, True, "audience"),
        ({"after_session": True}, True, "after_session"),
        (
            {
                "available_from": datetime(2026, 5, 2),
                "available_until": datetime(2026, 5, 1),
            },
            True,
            "until_on",
        ),
    ],
)
def test_what_cannot_be_handed_out_is_refused_beside_its_field(
    values: dict[str, object], with_file: bool, field: str
) -> None:
    with pytest.raises(MaterialRefused) as refused:
        spec(**{"title": "Slides", **values}).check(with_file=with_file)

    assert refused.value.field == field


def test_a_session_may_keep_its_material_until_it_ended_and_for_who_attends() -> None:
    spec(session="opening", audience=Audience.AGENDA, after_session=True).check(with_file=True)


@pytest.mark.parametrize(
    ("size", "words"), [(0, "1 KB"), (340_000, "332 KB"), (2_500_000, "2.4 MB")]
)
def test_sizes_are_told_as_people_compare_them(size: int, words: str) -> None:
    assert size_in_words(size) == words
