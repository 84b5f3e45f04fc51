"""Introductions that have not left yet, when two records of a person become one."""

from consortium.database import transaction
from consortium.merging import service as merging
from consortium.people.models import Person
from events.institutes.models import Institute
from tests.cohorts.matching.meeting import COORDINATOR, seat_of
from tests.events.registration.builders import letters
from tests.factories import make_lea, make_person, make_team


def merge(kept: Person, gone: Person) -> None:
    with transaction():
        merging.merge_people(kept.id, gone.id, by=COORDINATOR, may_choose_staff=False)


def test_who_said_no_under_the_other_address_is_introduced_to_nobody(met: Institute) -> None:
    make_team(
        met,
        make_lea("3409999", "Elm Park"),
        {"zoe@example.org": "superintendent", "ana@home.org": "principal"},
    )

    merge(seat_of("ana@example.org").person, make_person("ana@home.org"))

    assert letters("ana@example.org") == []
    for peer in ("ben@example.org", "cy@example.org"):
        (mail,) = letters(peer)
        assert "Ana" not in mail.text


def test_the_mail_goes_to_the_address_that_stays(met: Institute) -> None:
    kept = make_person("ana@home.org", "Ana")

    merge(kept, seat_of("ana@example.org").person)

    assert letters("ana@example.org") == []
    (mail,) = letters("ana@home.org")
    assert "Ben" in mail.text
    (told,) = letters("ben@example.org")
    assert "Ana" in told.text
