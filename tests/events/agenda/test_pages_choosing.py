from datetime import UTC, datetime
from typing import Any

from consortium.database import db
from events.institutes.models import Institute
from events.registration.models import Team
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


def test_a_full_session_can_be_waited_for_and_is_refused_with_a_sentence(
    signed_in: Browser, breakouts: list[Session]
) -> None:
    breakouts[0].taken = 2
    db.session.commit()

    assert buttons(signed_in.get(AGENDA).text) == [
        "Wait for a place: Story a1",
        "Choose: Story a2",
        "Choose: Story a3",
    ]
    answer = signed_in.post(f"{AGENDA}/choose", data={"session": "a1"})
    page = main(answer.text)
    assert answer.status_code == 422
    assert "“Story a1” is full. Choose another, or wait for a place." in words(
        page.find(id="error-summary")
    )
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


def test_a_round_with_fewer_sessions_than_one_may_pick_is_done_when_all_are_chosen(
    signed_in: Browser, institute: Institute, breakouts: list[Session]
) -> None:
    for session in breakouts:
        session.pick = 2
        session.cancelled_at = None if session.code == "a1" else session.changed_at
    db.session.commit()
    signed_in.post(f"{AGENDA}/choose", data={"session": "a1"})

    page = signed_in.get(AGENDA).text

    assert "You have picked 1 of 1." in words(main(page))
    assert buttons(page) == ["Drop: Story a1"]


def test_a_round_of_which_the_rest_has_begun_or_is_full_stands_open_by_what_is_left(
    signed_in: Browser, breakouts: list[Session], frozen: Any
) -> None:
    early, full, left = breakouts
    early.starts, early.starts_at = datetime(2026, 5, 1, 8), datetime(2026, 5, 1, 12, tzinfo=UTC)
    full.taken = 2
    left.starts, left.ends = datetime(2026, 5, 1, 10, 30), datetime(2026, 5, 1, 11, 30)
    db.session.commit()
    frozen("2026-05-01T09:00-04:00")
    signed_in.sign_in("ana@x.org")

    page = signed_in.get(AGENDA).text

    assert [words(slot) for slot in main(page).select(".slot")] == [
        "10:30 AM to 11:30 AM Still open Pick 1 of 3."
    ]
    assert buttons(page) == ["Wait for a place: Story a2", "Choose: Story a3"]


def test_who_got_another_role_sees_that_a_chosen_place_is_for_others_and_gives_it_back(
    signed_in: Browser, breakouts: list[Session], team: Team
) -> None:
    link = "https://video.example.org/principals"
    breakouts[0].audience_roles, breakouts[0].online_link = ["principal"], link
    db.session.commit()
    signed_in.post(f"{AGENDA}/choose", data={"session": "a1", "action_key": "1"})
    assert link in signed_in.get(AGENDA).text
    team.seats[0].role_code = "board_member"
    db.session.commit()

    page = signed_in.get(AGENDA).text

    assert link not in page
    assert link not in signed_in.get(f"{AGENDA}.ics").text
    assert "Not for you any more “Story a1” is for: Principal." in words(main(page))
    signed_in.post(f"{AGENDA}/drop", data={"session": "a1", "action_key": "2"})
    assert "Story a1" not in words(main(signed_in.get(f"{AGENDA}").text).find(class_="slot"))
    db.session.expire_all()
    assert breakouts[0].taken == 0
