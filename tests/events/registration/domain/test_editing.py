"""Two edits of one thing: merged where they differ, shown to both where they meet."""

from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.registration.domain import Edit, EditConflict, merged

pytestmark = pytest.mark.pure


def edit(base: str, stored: str, sent: str) -> Edit:
    return Edit(label="Name", base=base, stored=stored, sent=sent)


@pytest.mark.parametrize(
    ("base", "stored", "sent", "result"),
    [
        ("a", "a", "a", "a"),
        ("a", "a", "b", "b"),
        ("a", "b", "a", "b"),
        ("a", "b", "b", "b"),
    ],
)
def test_edits_that_do_not_meet_are_merged(base: str, stored: str, sent: str, result: str) -> None:
    assert merged({"name": edit(base, stored, sent)}) == {"name": result}


def test_two_edits_of_one_field_show_both_and_keep_what_was_typed() -> None:
    with pytest.raises(EditConflict) as conflict:
        merged({"name": edit("a", "b", "c"), "role": edit("x", "y", "x")})

    assert conflict.value.versions == (("Name", "b", "c"),)
    assert conflict.value.merged == {"name": "c", "role": "y"}


FIELDS = st.dictionaries(
    st.sampled_from("abc"), st.tuples(*[st.sampled_from("012")] * 3), min_size=1
)


@given(FIELDS)
def test_no_accepted_edit_is_lost(fields: dict[str, tuple[str, str, str]]) -> None:
    edits = {name: edit(*values) for name, values in fields.items()}
    with suppress(EditConflict):
        result = merged(edits)
        assert_kept(fields, result)


def assert_kept(fields: Mapping[str, tuple[str, str, str]], result: Mapping[str, object]) -> None:
    for name, (base, stored, sent) in fields.items():
        assert stored == base or result[name] == stored
        assert sent == base or result[name] == sent
