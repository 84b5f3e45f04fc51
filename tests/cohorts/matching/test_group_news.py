"""Publishing tables tells each person once; publishing a mended one tells those it touches."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from cohorts.matching.models import Grouping
from cohorts.matching.service import grouping_acts as acts
from cohorts.matching.service.group_news import GROUPED
from consortium import letters
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.ports import Email
from events.institutes.models import Institute
from events.registration.models import SeatStatus, Team, TeamStatus
from tests.cohorts.matching.test_groups import BY, come, group, tables_of, ten  # noqa: F401
from tests.events.cancelling.acts import cancel
from tests.factories import make_lea, make_team
from tests.queries import counting_queries


def publish(institute: Institute, grouping: Grouping) -> list[OutboxEmail]:
    """Publish it; return the mails that this promised."""
    acts.publish_grouping(institute.id, grouping.id, BY)
    db.session.commit()
    about = f"{GROUPED}:{grouping.id}:%"
    return list(db.session.scalars(select(OutboxEmail).where(OutboxEmail.about.like(about))))


def waiting() -> list[str]:
    unsent = select(OutboxEmail.to).where(
        OutboxEmail.settled_at.is_(None), OutboxEmail.about.startswith(f"{GROUPED}:")
    )
    return list(db.session.scalars(unsent))


def test_everyone_at_a_table_is_told_once(
    institute: Institute,
    ten: list[Team],  # noqa: F811
) -> None:
    ten[1].seats[1].status = SeatStatus.INVITED
    second = make_team(institute, make_lea("3490000", "Second District"), {"x@x.org": "either"})
    seat = second.seats[0]  # of a superintendent of two districts
    seat.goals, seat.shared, seat.person_id = ["Reading"], True, ten[0].seats[0].person_id
    db.session.commit()
    first = group(institute)
    tables = tables_of(institute)
    mails = publish(institute, first)

    told = sorted(mail.to for mail in mails)
    assert len(told) == len(set(told)) == 19, (
        "ten teams of two, one not confirmed; not the eleventh"
    )
    mine = next(mail for mail in mails if mail.to == "super0@example.org")
    assert mine.subject == "Your table at Summer Institute"
    for name in ("District 00", "Second District"):
        assert f"{name}\nTable {tables[name]}: Reading" in mine.text.replace("\n\n", "\n")
    others = {name for name, table in tables.items() if table == tables["District 00"]}
    assert all(name in mine.text for name in others)
    assert "/lakeshore/institutes/summer/together" in mine.text
    assert "super1@" not in mine.text


def test_of_a_mended_one_only_those_are_told_for_whom_it_differs(
    institute: Institute,
    ten: list[Team],  # noqa: F811
) -> None:
    first = group(institute)
    before = tables_of(institute)
    assert len(publish(institute, first)) == 20
    late = come(institute, 11, "Reading")
    come(institute, 12, "Welding")
    mend = group(institute, "mend")
    after = tables_of(institute)
    mails = publish(institute, mend)

    company = {name for name, table in after.items() if table == after[late.name]}
    moved = {name for name, table in before.items() if after[name] != table}
    numbers = {f"{name[-2:]}".lstrip("0") or "0" for name in company | moved}
    assert {mail.to for mail in mails} == {
        f"{role}{n}@example.org" for n in numbers for role in ("super", "union")
    }
    assert len(mails) < 20
    changed = next(mail for mail in mails if mail.to != "super11@example.org")
    assert changed.subject == "Your table at Summer Institute has changed"
    assert len(waiting()) == 22, "what is not so any more is dropped, the rest still leaves"

    ten[0].status = TeamStatus.WITHDRAWN
    db.session.commit()

    cancel(institute)
    assert waiting() == []


def test_as_many_questions_are_asked_for_two_tables_as_for_one(institute: Institute) -> None:
    counts = []
    for first, last in ((0, 4), (4, 20)):
        for n in range(first, last):
            come(institute, n, "Reading")
        grouping = group(institute)
        db.session.expire_all()
        with counting_queries() as count:
            acts.publish_grouping(institute.id, grouping.id, BY)
        counts.append(len(count))
    assert counts[1] <= counts[0]


def test_a_mail_is_written_once_for_a_team_and_greets_each_by_name(
    institute: Institute,
    ten: list[Team],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = {"super0@example.org": "Ann <Bo> & Co", "union0@example.org": "Zoë O'Neil"}
    for seat in ten[0].seats:
        seat.name = names[seat.person.email]
    written, letter = [], letters.letter

    def counted(template: str, **values: Any) -> Email:
        written.append(template)
        return letter(template, **values)

    monkeypatch.setattr(letters, "letter", counted)
    mails = {mail.to: mail for mail in publish(institute, group(institute))}

    assert (len(mails), written) == (20, ["matching/grouped"] * 10)
    for email, name in names.items():
        page = BeautifulSoup(mails[email].html or "", "html.parser").get_text(" ")
        for text in (mails[email].text, page):
            assert f"Hello {name}," in text
            assert all(other not in text for other in {*names.values()} - {name})
