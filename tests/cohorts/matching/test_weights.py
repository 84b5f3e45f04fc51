"""What a match counts: a page, a file, a look at what would change, and two who edit at once."""

import io
import json
import re
from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup

from cohorts.matching import service as matching
from cohorts.matching.domain.first_weights import first_weights
from cohorts.matching.domain.weights import faults_of
from cohorts.matching.engine.said import said_of, weights_from
from consortium.database import db
from consortium.errors import Conflict
from consortium.people.models import Person
from events.institutes.models import Institute
from tests.acts import acts
from tests.browser import Browser
from tests.cohorts.matching.meeting import COORDINATOR, three_superintendents, work
from tests.consortium.matrix.test_acts import form_on

PAGE = "/lakeshore/settings/peers"


@pytest.fixture
def staff(client: Browser, coordinator: Person) -> Browser:
    client.sign_in(coordinator.email)
    return client


def filled(staff: Browser, **changes: Any) -> dict[str, Any]:
    """Return what the page sends as it is shown, with these changes."""
    return {**form_on(staff.get(PAGE).text, PAGE), **changes}


def sent(file: Any) -> dict[str, Any]:
    """Return what the form with a file sends."""
    return {"upload-file": file, "upload-version": "0", "upload-action_key": "a"}


def test_what_a_consortium_begins_with_is_sound_and_survives_a_file() -> None:
    said = first_weights()

    assert list(faults_of(said)) == []
    assert said_of(weights_from(said)) == said


def test_weights_are_changed_on_the_page_and_hold_from_then_on(
    staff: Browser, institute: Institute
) -> None:
    three_superintendents(institute)

    answer = staff.post(PAGE, data=filled(staff, role_same="7", goal_rank_values="4, 3, 2, 1"))

    assert answer.location == PAGE
    own = matching.own_weights()
    assert (own.said["role_same"], own.said["goal_rank_values"]) == (7, [4, 3, 2, 1])
    assert own.said["role_related"] == first_weights()["role_related"]
    assert (own.version, own.changed_by) == (1, COORDINATOR)
    run = matching.run_matching(institute.id, by=COORDINATOR)
    assert {match.terms["role"] for match in run.matches} == {7}
    assert acts()[0] == "change_weights"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"role_same": "many"}, "Write a whole number"),
        ({"role_same": ""}, "Write a whole number from 0 to"),
        ({"goal_rank_values": "4; 3"}, "Write whole numbers with commas"),
        ({"size_thresholds": "200, 100"}, "from the smallest to the largest"),
        ({"relations-0-other": "superintendent"}, "two different roles"),
        ({"relations-1-one": "cabinet", "relations-1-other": "superintendent"}, "stand here twice"),
    ],
)
def test_weights_that_make_no_sense_are_refused(
    staff: Browser, institute: Institute, changes: dict[str, str], says: str
) -> None:
    answer = staff.post(PAGE, data=filled(staff, **changes))

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in answer.text
    assert matching.own_weights().version == 0


def test_two_who_edit_at_once_see_both_versions(staff: Browser, institute: Institute) -> None:
    mine = filled(staff, role_same="7")
    matching.change_weights({**first_weights(), "role_same": 8}, version=0, by="else@example.org")
    db.session.commit()

    answer = staff.post(PAGE, data=mine)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Someone else changed the weights" in answer.text
    assert matching.own_weights().said["role_same"] == 8
    with pytest.raises(Conflict):
        matching.change_weights(first_weights(), version=0, by="x")


def test_a_file_comes_out_as_it_went_in(staff: Browser, institute: Institute) -> None:
    said = {**first_weights(), "state_differs": 77}
    file = (io.BytesIO(json.dumps(said).encode()), "match_weights.json")

    answer = staff.post(f"{PAGE}/file", data=sent(file))

    assert answer.location == PAGE
    assert json.loads(staff.get(f"{PAGE}.json").text) == said


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", "not written in UTF-8"),
        (b"{", "This is not JSON"),
        (b"[]", "Write an object"),
        (json.dumps({**first_weights(), "roles": 3}).encode(), "Write a list of roles"),
        (b'{"version": 1, "version": 1}', "stands here twice"),
    ],
)
def test_a_faulty_file_says_what_to_mend(
    staff: Browser, institute: Institute, content: bytes, says: str
) -> None:
    file = (io.BytesIO(content), "w.json")

    answer = staff.post(f"{PAGE}/file", data=sent(file))

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in answer.text


def test_weights_are_tried_before_they_hold(staff: Browser, institute: Institute) -> None:
    three_superintendents(institute)
    what_if = "/lakeshore/manage/institutes/summer/peers/what-if"

    asked = staff.post(PAGE, data=filled(staff, role_same="7", **{"try": "1"}))
    assert asked.location == what_if
    work()
    page = staff.get(what_if)
    assert "Other weights" in page.text
    assert "3 pairs would stay, 0 would go, 0 would come." in page.text
    assert matching.own_weights().version == 0
    act = BeautifulSoup(page.text, "html.parser").find("form", action=re.compile("/adopt$"))
    fields = {field["name"]: field["value"] for field in act.find_all("input")}

    adopted = staff.post(act["action"], data=fields)

    assert adopted.status_code == HTTPStatus.FOUND
    assert matching.own_weights().said["role_same"] == 7
