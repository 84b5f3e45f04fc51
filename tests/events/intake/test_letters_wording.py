"""What a host may write in a letter, and what becomes of it."""

import pytest

from events.intake.domain import DEFAULTS, IntakeRefused, Outcome, Wording, wording_of

pytestmark = pytest.mark.pure
VALUES = {
    "name": "Ana",
    "lea": "Delran",
    "institute": "Summer Institute",
    "deadline": "Friday",
    "contact": "x@example.org",
}


def test_every_place_is_filled() -> None:
    letter = Wording(subject="{lea}!", text="Hello {name},\n\nsee you at {institute}.\n")

    filled = letter.filled(VALUES)

    assert (filled.subject, filled.paragraphs) == (
        "Delran!",
        ("Hello Ana,", "see you at Summer Institute."),
    )


def test_a_value_with_braces_stays_as_it_is() -> None:
    filled = Wording(subject="{lea}", text="x").filled({**VALUES, "lea": "{name}"})

    assert filled.subject == "{name}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Dear {nmae}",
            "Nothing fills {nmae}. You can use: {name}, {lea}, {institute}, {deadline}, {contact}.",
        ),
        ("Dear {name", "A brace stands alone. Write a place like {name}, or no brace."),
        ("{name!r} {0}", "Nothing fills {name!r}. You can use: "),
    ],
)
def test_what_nothing_fills_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(IntakeRefused) as refused:
        Wording(subject="A", text=text).check()

    assert refused.value.message.startswith(sentence)
    assert refused.value.field == "text"


def test_the_usual_letters_can_be_sent_as_they_are() -> None:
    for outcome in Outcome:
        DEFAULTS[outcome].check()
        assert "{" not in DEFAULTS[outcome].filled(VALUES).text


def test_the_hosts_own_letter_comes_first() -> None:
    own = {"selected": {"subject": "Come!", "text": "Do."}}

    assert wording_of(own, Outcome.SELECTED).subject == "Come!"
    assert wording_of(own, Outcome.WAITLISTED) == DEFAULTS[Outcome.WAITLISTED]
