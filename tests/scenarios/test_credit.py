"""What a day gives an educator, a board member and a visitor, and how long it is kept."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from consortium.errors import Refusal
from consortium.people.models import Person
from events.credit.domain.certificates import read_snapshot
from events.credit.service import get_record, keeping
from tests.events.credit.stage import answered, certificates_of, seat, was_there
from tests.factories import make_person
from tests.scenarios.programme_of import GREAT_LAKES, NEW_JERSEY
from tests.scenarios.registering import Scene, words

Scenes = Callable[[str, str], Scene]
TERRY = "terry@district.example.org"
DAY = "2019-11-14"


def at_the_door(here: Scene, role: str, *times: str, on: str = DAY) -> Person:
    """Give Terry a seat and write these times down; leave Terry signed in."""
    here.go_to(f"{on}T18:00:00-06:00")
    person = seat(here.institute, TERRY, role)
    was_there(here.institute, person, *times, on=on)
    here.go_to(here.clock)
    here.sign_in(TERRY)
    return person


def own_page(here: Scene) -> str:
    return words(here.client.get(f"/lakeshore/institutes/{here.slug}/credit"))


def ask_for_certificate(here: Scene) -> Any:
    path = f"/lakeshore/institutes/{here.slug}/credit/certificate"
    return here.client.post(path, data={"action_key": uuid4().hex})


def give_iein(here: Scene, number: str = "1234567") -> None:
    path = f"/lakeshore/institutes/{here.slug}/credit/number/IEIN"
    answer = here.client.post(path, data={"number": number, "action_key": uuid4().hex})
    assert answer.status_code == 302, words(answer)


@pytest.mark.parametrize(
    ("test", "times", "day"),
    [("IL4", ("08:07", "11:52", "13:04", "15:10"), 5.75), ("IL5", ("08:07", "11:50"), 3.75)],
)
def test_IL4_IL5_minutes_become_quarter_hours(
    scene: Scenes, test: str, times: tuple[str, ...], day: float
) -> None:
    here = scene(GREAT_LAKES, test)

    person = at_the_door(here, "teacher", *times)

    (earned,) = get_record(here.institute, person).earned
    assert [line.minutes for line in earned.lines] == here.then["minutes"]
    assert [float(line.amount) for line in earned.lines] == here.then["hours_to_quarter"]
    assert float(earned.amount) == here.then.get("day_hours", day)
    assert f"{here.then['minutes'][0]} minutes = 3.75 hours" in own_page(here)


def test_IL6_the_certificate_is_locked_until_the_evaluation(scene: Scenes) -> None:
    here = scene(GREAT_LAKES, "IL6")
    person = at_the_door(here, "teacher", "08:07", "11:52")
    give_iein(here)

    refused = ask_for_certificate(here)

    assert refused.status_code == 422
    assert here.then["result"] == "locked until evaluation"
    assert "The certificate is locked until you have filled in the evaluation." in words(refused)
    assert certificates_of(person) == []
    path = f"/lakeshore/institutes/{here.slug}/evaluation/whole"
    assert here.client.post(path, data={"answer_1": "5", "answer_2": "4"}).status_code == 302
    assert ask_for_certificate(here).status_code == 302
    (row,) = certificates_of(person)
    (line,) = read_snapshot(row.said).credits
    assert (float(line.amount), line.licence_number) == (3.75, "1234567")


def test_IL7_without_an_iein_there_is_a_plain_certificate_with_the_agenda(scene: Scenes) -> None:
    here = scene(GREAT_LAKES, "IL7")
    person = at_the_door(here, "teacher", "08:07", "11:52")

    answer = ask_for_certificate(here)

    assert answer.status_code == 302
    assert here.then["result"] == "plain attendance certificate, agenda attached"
    said = read_snapshot(next(iter(certificates_of(person))).said)
    assert said.plain
    assert [title for _, title in said.agenda[0].lines][:2] == [
        "Continental breakfast", "Coherence framework and the hosts story",
    ]  # fmt: skip
    page = words(here.client.get(answer.location))
    assert "Certificate of Attendance" in page
    assert "Coherence framework and the hosts story" in page
    assert "ISBE" not in page


def test_IL8_records_are_kept_six_full_years(scene: Scenes) -> None:
    here = scene(GREAT_LAKES, "IL8")
    person = at_the_door(here, "teacher", "08:07", "11:52", on="2019-11-15")
    make_person("keeper@example.org", "Kim Keeper", staff="coordinator")
    here.sign_in("keeper@example.org")
    path = f"/lakeshore/manage/institutes/{here.slug}/records/purge"

    refused = here.client.post(path, data={"action_key": uuid4().hex})

    assert refused.status_code == 422
    assert here.then["earliest"] == "2025-11-15"
    assert (
        "Records of November 15, 2019 are kept 6 full years, because “ISBE professional "
        "development hours” asks for it. The earliest day on which they may be deleted is "
        "November 15, 2025."
    ) in words(refused)
    assert get_record(here.institute, person).stays
    here.go_to(f"{here.then['earliest']}T09:00:00-06:00")
    assert here.client.post(path, data={"action_key": uuid4().hex}).status_code == 302
    assert get_record(here.institute, person).stays == ()
    assert keeping.find_purge(here.institute).people == 1


def credits_on_certificate(here: Scene) -> dict[str, float]:
    """Ask for the certificate and open it; return what it gives."""
    answer = ask_for_certificate(here)
    assert answer.status_code == 302, words(answer)
    page = BeautifulSoup(here.client.get(answer.location).text, "html.parser")
    return {
        one.strong.get_text(strip=True): float(
            one.select_one(".certificate__amount").get_text(strip=True).split()[0]
        )
        for one in page.select(".certificate__credits li")
    }


def test_NJ6_a_board_member_earns_academy_credits(scene: Scenes) -> None:
    here = scene(NEW_JERSEY, "NJ6")
    at_the_door(here, "board_member", "08:40", "15:00", on="2024-03-21")

    assert credits_on_certificate(here) == here.then["credits"]


def test_NJ7_a_teacher_earns_hours_and_sees_no_board_credits(scene: Scenes) -> None:
    here = scene(NEW_JERSEY, "NJ7")
    at_the_door(here, "teacher", "08:40", "15:00", on="2024-03-21")

    assert ("Academy" in own_page(here)) is here.then["board_credits_shown"]
    assert credits_on_certificate(here) == here.then["credits"]


def test_NJ6_NJ7_someone_in_both_roles_earns_each_once(scene: Scenes) -> None:
    here = scene(NEW_JERSEY, "NJ6")
    here.go_to("2024-03-21T18:00:00-04:00")
    person = seat(here.institute, TERRY, "board_member", "teacher", "principal")
    was_there(here.institute, person, "08:40", "15:00", on="2024-03-21")
    here.go_to(here.clock)
    here.sign_in(TERRY)

    assert credits_on_certificate(here) == {
        **here.then["credits"],
        "NJ professional learning hours": 5.0,
    }


def test_NJ6_whoever_left_at_lunch_has_attended_and_earned_nothing(scene: Scenes) -> None:
    here = scene(NEW_JERSEY, "NJ6")
    person = at_the_door(here, "board_member", "08:40", "12:15", on="2024-03-21")

    assert credits_on_certificate(here) == {}
    assert read_snapshot(next(iter(certificates_of(person))).said).plain


def test_IL6_an_evaluation_names_nobody(scene: Scenes) -> None:
    here = scene(GREAT_LAKES, "IL6")
    person = at_the_door(here, "teacher", "08:07", "11:52")
    answered(here.institute, person, worked="Circles")

    with pytest.raises(Refusal, match="You have answered already"):
        answered(here.institute, person)
