from typing import Any

from consortium.database import db
from events.institutes.models import Institute
from events.schedule.models import Session
from tests.browser import Browser
from tests.events.agenda.pages import AGENDA, buttons
from tests.factories import make_session
from tests.reading import main, words


def test_an_open_round_can_be_chosen_from_swapped_and_dropped(
    signed_in: Browser, breakouts: list[Session]
) -> None:
    page = signed_in.get(AGENDA).text
    assert "In 1 round you can still choose." in words(main(page))
    assert "Pick 1 of 3." in words(main(page))
    assert "2 places left" in words(main(page))
    slot = main(page).select_one(".slot")
    assert words(slot) == "10:00 AM to 11:00 AM Still open Pick 1 of 3."
    assert slot.find("a")["href"] == "#round-1"
    assert buttons(page) == ["Choose: Story a1", "Choose: Story a2", "Choose: Story a3"]

    answer = signed_in.post(f"{AGENDA}/choose", data={"session": "a1", "action_key": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, AGENDA)
    page = signed_in.get(AGENDA).text
    assert "“Story a1” is on your agenda." in words(main(page))
    assert "You have picked 1 of 3." in words(main(page))
    assert buttons(page) == [
        "Drop: Story a1",
        "Swap for “Story a1”: Story a2",
        "Swap for “Story a1”: Story a3",
    ]

    signed_in.post(f"{AGENDA}/swap", data={"give_up": "a1", "session": "a2", "action_key": "2"})
    page = signed_in.get(AGENDA).text
    assert buttons(page)[1] == "Drop: Story a2"

    signed_in.post(f"{AGENDA}/drop", data={"session": "a2", "action_key": "3"})
    page = signed_in.get(AGENDA).text
    assert "“Story a2” is no longer on your agenda." in words(main(page))
    assert buttons(page) == ["Choose: Story a1", "Choose: Story a2", "Choose: Story a3"]


def test_the_same_button_pressed_twice_is_one_act(
    signed_in: Browser, breakouts: list[Session]
) -> None:
    for _ in range(2):
        answer = signed_in.post(f"{AGENDA}/choose", data={"session": "a1", "action_key": "1"})
        assert answer.headers["Location"] == AGENDA

    db.session.expire_all()
    assert breakouts[0].taken == 1


def test_a_full_session_has_no_button_and_is_refused_with_a_sentence(
    signed_in: Browser, breakouts: list[Session]
) -> None:
    breakouts[0].taken = 2
    db.session.commit()

    assert buttons(signed_in.get(AGENDA).text) == ["Choose: Story a2", "Choose: Story a3"]
    answer = signed_in.post(f"{AGENDA}/choose", data={"session": "a1"})
    page = main(answer.text)
    assert answer.status_code == 422
    assert "“Story a1” is full. Choose another." in words(page.find(id="error-summary"))
    assert [words(tag) for tag in page.select("#round-1 ~ div .tag--warn")] == ["Full"]


def test_a_round_that_has_begun_has_no_buttons(
    signed_in: Browser, breakouts: list[Session], frozen: Any
) -> None:
    frozen("2026-05-01T10:00-04:00")
    signed_in.sign_in("ana@x.org")  # the session of March is over

    page = signed_in.get(AGENDA).text

    assert buttons(page) == []
    assert words(main(page)).count("This session has begun.") == 3
    assert "you can still choose" not in words(main(page))


def test_repeated_content_is_pointed_out(
    signed_in: Browser, institute: Institute, breakouts: list[Session]
) -> None:
    breakouts[0].same_content = "topic-1"
    make_session(
        institute,
        "b1",
        "2026-05-01T14:00",
        "2026-05-01T15:00",
        choice_group="B",
        same_content="topic-1",
    )
    signed_in.post(f"{AGENDA}/choose", data={"session": "a1"})

    page = words(main(signed_in.get(AGENDA).text))

    assert "You have it already on Fri, May 1, 10:00 AM to 11:00 AM." in page
