"""Someone else comes instead of a member: what passes on, what ends, who is told."""

from typing import Any

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.people.service import consents
from events.institutes.domain import JointActKind
from events.institutes.models import PEOPLE, Institute
from events.institutes.service import pools
from events.registration import service as registration
from events.registration.domain import RegistrationRefused, Waitable
from events.registration.models import JointAct, SeatStatus, Team
from events.registration.service import Editor, Substitution
from events.schedule import service as schedule
from events.schedule.models import Session, SessionChoice
from tests.events.registration.builders import (
    coordinating,
    draft,
    lead_editor,
    letters,
    name,
    seat_of,
    submit,
    taken,
    token_in,
)
from tests.events.registration.leads import add_lead
from tests.events.registration.service.substituting import (
    ADA,
    KIM,
    complete_team,
    confirm,
    institute_with_sessions,
    someone,
    substitute,
)
from tests.factories import make_lea, soon


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def institute(tenant: object) -> Institute:
    return institute_with_sessions()


@pytest.fixture
def team(institute: Institute, lea: Lea) -> Team:
    return complete_team(institute, lea)


def test_a_seat_given_back_goes_to_someone_else_while_there_is_a_place(team: Team) -> None:
    old = seat_of(team, "Ada")
    with transaction():
        registration.decline_seat(old, "", by=ADA)
    pools.set_capacity(team.institute, PEOPLE, 2)
    db.session.commit()
    with pytest.raises(Waitable):
        substitute(team, old)

    pools.set_capacity(team.institute, PEOPLE, 3)
    db.session.commit()
    again = substitute(team, old, someone("Ada", ADA))  # who can come after all

    assert (again.replaces_id, taken(team.institute, PEOPLE)) == (old.id, 3)


def test_the_seat_goes_to_someone_else_and_both_rows_know_it(team: Team) -> None:
    old = seat_of(team, "Ada")
    token = token_in(letters(ADA)[0])

    new = substitute(team, old)

    assert (old.status, old.ended_at is not None, old.invitation_digest) == (
        SeatStatus.REPLACED,
        True,
        None,
    )
    assert (new.status, new.replaces_id, new.position) == (
        SeatStatus.INVITED,
        old.id,
        old.position,
    )
    assert [mail.subject for mail in letters(ADA)] == [
        "Your seat at Summer Institute was taken back"
    ]
    assert [mail.subject for mail in letters(KIM)] == [
        "Please confirm your seat at Summer Institute"
    ]
    with pytest.raises(NotFound):
        registration.get_invitation(token)
    (row,) = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "substitute"))
    assert (row.before["seat"], row.after["seat"]) == (str(old.id), str(new.id))
    assert "kim" not in str([row.before, row.after]).lower()


def test_nothing_said_or_agreed_to_passes_on(team: Team) -> None:
    old = confirm(
        seat_of(team, "Ada"),
        dietary="No nuts",
        access_needs="Ramp",
        goals=("Literacy",),
        wants_peers=True,
        shares_email=True,
    )

    new = substitute(team, old)

    assert (new.dietary, new.access_needs, new.goals, new.phone) == ("", "", [], "")
    assert (new.wants_peers, old.wants_peers) == (False, False)
    assert consents.consent_of(old.person_id, team.institute_id) is None
    assert consents.consent_of(new.person_id, team.institute_id) is None


def test_the_roles_are_judged_again_and_the_place_stays(team: Team) -> None:
    assert (team.complete, taken(team.institute, PEOPLE)) == (True, 3)

    substitute(team, seat_of(team, "Bo"), someone("Kim", KIM, "principal"))

    assert (team.complete, team.missing) == (False, ["union_leader"])
    assert taken(team.institute, PEOPLE) == 3


def test_the_count_never_dips_so_nobody_who_waits_slips_in(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves: list[object] = []
    for act in ("take", "give_back"):
        monkeypatch.setattr(pools, act, lambda *said: moves.append(said) or True)

    substitute(team, seat_of(team, "Ada"))

    assert moves == []


def test_chosen_sessions_are_given_back(team: Team, institute: Institute) -> None:
    old = confirm(seat_of(team, "Ada"))
    with transaction():
        attendee = registration.attendee_of(old)
        schedule.choose_session(institute, attendee, "literacy", by=ADA)

    substitute(team, old)

    session = db.session.scalars(select(Session).where(Session.code == "literacy")).one()
    db.session.refresh(session)
    assert (session.taken, db.session.scalars(select(SessionChoice)).all()) == (0, [])


def test_the_old_badge_is_void(team: Team) -> None:
    old = confirm(seat_of(team, "Ada"))
    badge = registration.find_badge(team.institute_id, old.person_id)
    assert badge is not None

    new = confirm(substitute(team, old))

    assert badge.voided_at is not None
    other = registration.find_badge(team.institute_id, new.person_id)
    assert other is not None
    assert other.code != badge.code


def test_someone_of_two_teams_has_one_badge_and_keeps_it_with_the_other_seat(
    team: Team, institute: Institute
) -> None:
    second = draft(institute, make_lea("3400002", "Elm"), by="lead2@example.org")
    name(second, f"{ADA} superintendent", by="lead2@example.org", shared=True)
    submit(second, by="lead2@example.org")
    mine = confirm(seat_of(team, "Ada"), wants_peers=True, shares_email=True)
    confirm(seat_of(second, "Ada"), wants_peers=True, shares_email=True)
    badge = registration.badge_of(institute.id, mine.person_id)
    assert taken(institute, PEOPLE) == 4

    substitute(team, mine)

    assert registration.find_badge(institute.id, mine.person_id) is badge
    assert consents.consent_of(mine.person_id, institute.id) is not None
    assert seat_of(second, "Ada").status is SeatStatus.CONFIRMED
    assert taken(institute, PEOPLE) == 4
    with transaction():
        registration.decline_seat(seat_of(second, "Ada"), "", by=ADA)
    assert registration.find_badge(institute.id, mine.person_id) is None


@pytest.mark.parametrize(
    ("wanted", "said", "field"),
    [
        (someone("Ada", ADA), "Ada has this seat already.", "email"),
        (
            someone("Bo", "bo@3400001.example.org", "principal"),
            "Bo is in this team already.",
            "email",
        ),
        (someone("Kim", KIM, "mascot"), "“mascot” is not a role of this institute", "role"),
    ],
)
def test_who_cannot_have_the_seat_is_refused_and_nothing_changes(
    team: Team, wanted: Substitution, said: str, field: str
) -> None:
    old = seat_of(team, "Ada")

    with pytest.raises(RegistrationRefused, match=said) as refused:
        substitute(team, old, wanted)

    assert refused.value.field == field
    db.session.refresh(old)
    assert old.status is SeatStatus.INVITED


def test_after_the_institute_nobody_is_replaced(team: Team, frozen: Any) -> None:
    frozen(soon(63))

    for editor in (lead_editor(), coordinating()):
        with pytest.raises(RegistrationRefused, match="This institute is over"):
            substitute(team, seat_of(team, "Ada"), by=editor)


def test_in_a_draft_nobody_is_told(institute: Institute, lea: Lea) -> None:
    team = draft(institute, lea, "ada superintendent")

    new = substitute(team, seat_of(team, "Ada"))

    assert (new.status, letters(ADA), letters(KIM)) == (SeatStatus.NAMED, [], [])


def ask_both_leads(team: Team, institute: Institute) -> None:
    institute.joint_acts = [JointActKind.SUBSTITUTE.value]
    add_lead(team, "labor@example.org", name="Lou Labor")


def test_a_member_of_the_other_side_is_replaced_when_both_leads_agree(
    team: Team, institute: Institute
) -> None:
    ask_both_leads(team, institute)
    old = seat_of(team, "Bo")

    same = substitute(team, old, someone("Kim", KIM, "union_leader"))
    assert (same.id, old.status) == (old.id, SeatStatus.INVITED)
    (act,) = db.session.scalars(select(JointAct))
    assert "give the seat of Bo to Kim" in letters("labor@example.org")[-1].text
    # The own side's people are nobody else's business.
    assert substitute(team, seat_of(team, "Ada"), someone("Al", "al@x.org")).name == "Al"

    with transaction():
        registration.agree_to_act(act.id, lead_editor("labor@example.org"))
    assert (old.status, seat_of(team, "Kim").replaces_id) == (SeatStatus.REPLACED, old.id)


def test_nobody_gets_round_the_other_lead_by_removing_a_member(
    team: Team, institute: Institute
) -> None:
    def remove(who: str, by: Editor) -> None:
        with transaction():
            registration.remove_member(team.id, seat_of(team, who).id, by)

    remove("Cy", lead_editor())  # one side alone decides where the institute asks nobody
    ask_both_leads(team, institute)

    with pytest.raises(RegistrationRefused, match="Bo belongs to the other side"):
        remove("Bo", lead_editor())

    assert seat_of(team, "Bo").status is SeatStatus.INVITED
    remove("Bo", lead_editor("labor@example.org"))
    with pytest.raises(RegistrationRefused, match="Ada belongs to the other side"):
        remove("Ada", lead_editor("labor@example.org"))
