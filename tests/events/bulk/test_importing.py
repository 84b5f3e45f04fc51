import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.bulk.domain.lines import Effect, Standing
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.registration.models import Seat, SeatStatus, Team, TeamStatus
from tests.events.bulk.lists import BO, KIM, PAT, bring, csv_of, effects, faults, previewed, teams
from tests.factories import make_institute, make_lea, make_person
from tests.queries import counting_queries


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    make_lea("3400001", "Oak Township")
    make_lea("3400002", "Elm Regional")
    make_lea("0600001", "Far Away Unified", state="CA")
    return make_institute()


def mails() -> list[str]:
    return list(db.session.scalars(select(OutboxEmail.to).order_by(OutboxEmail.to)))


def test_new_teams_come_in_as_drafts_and_nobody_gets_a_mail(institute: Institute) -> None:
    result = bring(institute, csv_of(PAT, KIM, BO))

    assert effects(result) == ["added"] * 3
    assert teams() == [
        ("Elm Regional", "draft", [("Bo Ek", "bo@elm.example.org", "superintendent")]),
        (
            "Oak Township",
            "draft",
            [
                ("Pat Lee", "pat@oak.example.org", "superintendent"),
                ("Kim Day", "kim@oak.example.org", "union_leader"),
            ],
        ),
    ]
    assert mails() == []


def test_the_first_person_leads_where_the_list_names_no_lead(institute: Institute) -> None:
    bring(institute, csv_of(PAT, KIM))

    team = db.session.scalars(select(Team)).one()
    assert [(lead.person.email, lead.side.value) for lead in team.leads] == [
        ("pat@oak.example.org", "management")
    ]


def test_leads_of_both_sides_come_from_the_list(institute: Institute) -> None:
    header = ("LEA id", "Name", "E-mail", "Role", "Leads")
    bring(
        institute,
        csv_of((*PAT, ""), (*KIM, "yes"), ("3400001", "Lo", "lo@oak.example.org", "", "management"),
               header=header),
    )  # fmt: skip

    team = db.session.scalars(select(Team)).one()
    assert {lead.side.value: lead.person.email for lead in team.leads} == {
        "labor": "kim@oak.example.org",
        "management": "lo@oak.example.org",
    }
    assert len(team.active_seats) == 2


def test_a_team_without_people_is_led_by_whoever_imports(institute: Institute) -> None:
    bring(institute, csv_of(("3400001", "", "", "")))

    team = db.session.scalars(select(Team)).one()
    assert [lead.person.email for lead in team.leads] == ["casey@example.org"]
    assert team.active_seats == []


def test_the_same_list_twice_changes_nothing_the_second_time(institute: Institute) -> None:
    bring(institute, csv_of(PAT, KIM, BO))
    before = teams()

    again = previewed(institute, csv_of(PAT, KIM, BO))

    assert effects(again) == ["same"] * 3
    assert not again.does_something
    assert effects(bring(institute, csv_of(PAT, KIM, BO))) == ["same"] * 3
    assert teams() == before


def test_registering_invites_and_a_full_institute_means_the_waitlist(tenant: Tenant) -> None:
    make_lea("3400001", "Oak Township")
    make_lea("3400002", "Elm Regional")
    institute = make_institute(pools={PEOPLE: 2, TEAMS: 5})

    plan = previewed(institute, csv_of(PAT, KIM, BO), register=True)
    assert [team.standing for team in plan.teams] == [Standing.REGISTERED, Standing.WAITLISTED]

    bring(institute, csv_of(PAT, KIM, BO), register=True)

    assert [(name, status) for name, status, _ in teams()] == [
        ("Elm Regional", "waitlisted"),
        ("Oak Township", "registered"),
    ]
    assert institute.pool(PEOPLE).taken == 2
    assert {
        seat.status for seat in db.session.scalars(select(Seat)) if seat.team.name[0] == "O"
    } == {SeatStatus.INVITED}
    assert "bo@elm.example.org" in mails()


def test_changed_fields_are_shown_and_done(institute: Institute) -> None:
    bring(institute, csv_of(PAT, KIM))
    header = ("LEA id", "Name", "E-mail", "Role", "Phone", "Food")
    changed = csv_of(
        ("3400001", "Patricia Lee", "PAT@oak.example.org", "", "(609) 555-0142", "no nuts"),
        (*KIM, "", ""),
        header=header,
    )

    plan = previewed(institute, changed)

    assert effects(plan) == ["changed", "same"]
    assert [(c.what, c.before, c.after) for c in plan.lines[0].changes] == [
        ("Name", "Pat Lee", "Patricia Lee"),
        ("Phone", "", "+16095550142"),
        ("Food", "", "no nuts"),
    ]
    bring(institute, changed)
    seat = db.session.scalars(select(Seat).where(Seat.name == "Patricia Lee")).one()
    assert (seat.phone, seat.dietary, seat.version) == ("+16095550142", "no nuts", 2)


def test_what_changed_after_the_look_is_skipped_and_reported(institute: Institute) -> None:
    bring(institute, csv_of(PAT, KIM))
    wanted = csv_of(
        ("3400001", "Patricia", PAT[2], PAT[3]), ("3400001", "Kimberly", KIM[2], KIM[3])
    )
    seen = previewed(institute, wanted).seen
    seat = db.session.scalars(select(Seat).where(Seat.name == "Pat Lee")).one()
    seat.name = "Patrick Lee"
    db.session.commit()

    result = bring(institute, wanted, seen=seen)

    assert effects(result) == ["refused", "changed"]
    assert faults(result)[0].startswith(
        "Someone changed this team or this person after you looked."
    )
    names = db.session.scalars(select(Seat.name).order_by(Seat.position)).all()
    assert names == ["Patrick Lee", "Kimberly"]


def test_an_address_is_corrected_by_the_seat_id(institute: Institute) -> None:
    bring(institute, csv_of(PAT))
    seat = db.session.scalars(select(Seat)).one()
    header = (*("LEA id", "Name", "E-mail", "Role"), "Seat id")

    bring(
        institute,
        csv_of(("3400001", "Pat Lee", "lee@oak.example.org", "", str(seat.id)), header=header),
    )

    assert teams()[0][2] == [("Pat Lee", "lee@oak.example.org", "superintendent")]
    assert db.session.scalars(select(Seat.id)).all() == [seat.id]


def test_what_the_holder_said_does_not_pass_on_with_the_seat(institute: Institute) -> None:
    bring(institute, csv_of(PAT, KIM), register=True)
    seat = db.session.scalars(select(Seat).where(Seat.name == "Pat Lee")).one()
    seat.status, seat.access_needs, seat.phone = SeatStatus.CONFIRMED, "a ramp", "+16095550142"
    db.session.commit()
    header = ("LEA id", "Name", "E-mail", "Role", "Seat id", "Access needs", "Phone")
    row = (
        *("3400001", "Ann Heir", "ann@oak.example.org", "Superintendent"),
        *(str(seat.id), "a ramp", "+16095550142"),
    )

    bring(institute, csv_of(row, header=header))

    heir = db.session.scalars(select(Seat).where(Seat.name == "Ann Heir")).one()
    assert (heir.access_needs, heir.phone, heir.replaces_id) == ("", "", seat.id)
    assert seat.status is SeatStatus.REPLACED


def test_one_record_for_each_team_and_no_contact_data(institute: Institute) -> None:
    bring(institute, csv_of(PAT, KIM, BO))

    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.at, AuditEntry.id)).all()
    assert [(entry.act, entry.actor) for entry in entries] == [
        ("import_team", "casey@example.org"),
        ("import_team", "casey@example.org"),
    ]
    assert "@" not in str([entry.after for entry in entries])
    assert list(entries[0].after["seats"].values()) == [["superintendent"], ["union_leader"]]


def test_names_of_people_known_already_stay(institute: Institute) -> None:
    make_person("pat@oak.example.org", "Dr. Pat Lee")

    bring(institute, csv_of(PAT))

    assert db.session.scalars(select(Person.name).where(Person.name.contains("Pat"))).all() == [
        "Dr. Pat Lee"
    ]


def test_more_rows_of_a_team_take_the_same_queries(institute: Institute) -> None:
    def rows(lea: str, n: int) -> bytes:
        return csv_of(*((lea, f"P {i}", f"p{i}@{lea}.org", "Principal") for i in range(n)))

    make_lea("3400003", "Ash")
    bring(institute, rows("3400001", 2))  # reads the institute
    with counting_queries() as two:
        bring(institute, rows("3400003", 2))
    with counting_queries() as six:
        bring(institute, rows("3400002", 6))

    assert len(six) == len(two)


def test_rows_of_a_withdrawn_team_start_a_new_one(institute: Institute) -> None:
    bring(institute, csv_of(PAT))
    team = db.session.scalars(select(Team)).one()
    team.status = TeamStatus.WITHDRAWN
    team.seats[0].status = SeatStatus.WITHDRAWN
    db.session.commit()

    assert [line.effect for line in bring(institute, csv_of(PAT)).lines] == [Effect.ADDED]
    assert sorted(status for _, status, _ in teams()) == ["draft", "withdrawn"]
