"""The routes of check-in: who may call what, and what is written down about each act."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from events.checkin import service as checkin
from events.checkin.domain.batches import Batch, SaidScan, millis
from events.checkin.models import Scan
from events.checkin.service import Doors, Wanted, Which
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.registration.models import Team
from events.registration.service import badge_of
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import EVERYONE, RUNS_IT, Answer, Policy
from tests.factories import NOON, make_institute, make_lea, make_team

TODAY = {"slug": "today_slug"}
THERE = {"slug": "today_slug", "person_id": "today_person"}
checks_in = Policy(may=RUNS_IT | {"desk"})
about_today = Policy(may=checks_in.may, names=TODAY)
corrects = Policy(may=RUNS_IT)
about_someone = Policy(may=RUNS_IT, names=THERE)
has_a_badge = Policy(may=frozenset({"lead", "other lead", "member"}), others=Answer.MISSING)
a_kiosk = Policy(may=EVERYONE)

POLICIES: Mapping[str, Policy] = {
    "checkin.attendance GET": corrects,
    "checkin.badges GET": checks_in,
    "checkin.badges POST": checks_in,
    "checkin.badges_file GET": about_today,
    "checkin.check_in POST": checks_in,
    "checkin.come POST": a_kiosk,
    "checkin.counts GET": checks_in,
    "checkin.desk GET": checks_in,
    "checkin.doors GET": corrects,
    "checkin.doors POST": corrects,
    "checkin.end_kiosk POST": about_today,
    "checkin.kiosk GET": a_kiosk,
    "checkin.kiosks GET": checks_in,
    "checkin.kiosks POST": checks_in,
    "checkin.offline GET": checks_in,
    "checkin.own_badge GET": has_a_badge,
    "checkin.own_code GET": has_a_badge,
    "checkin.record GET": about_someone,
    "checkin.roster GET": checks_in,
    "checkin.scans POST": checks_in,
    "checkin.state GET": checks_in,
    "checkin.strike POST": Policy(may=RUNS_IT, names=TODAY),
    "checkin.undo POST": checks_in,
    "checkin.walk_in GET": checks_in,
    "checkin.walk_in POST": checks_in,
    "checkin.worker GET": checks_in,
    "checkin.write_down POST": about_someone,
}
AT_KIOSKS = {"checkin.kiosk GET": 404, "checkin.come POST": 404}
"""Only a tablet that staff made a kiosk gets an answer, whoever stands before it."""
ELSEWHERE = {
    "checkin.come POST",  # done by nobody who is signed in
    "checkin.kiosks POST",  # ends a session, too
    "checkin.scans POST",  # sent by a script
}
ACTS: Mapping[str, Act] = {
    "checkin.badges POST": Act(named="print_badges", by="desk", fills={"which": "all"}),
    "checkin.check_in POST": Act(
        named="take_in", by="desk", fills={"code": "NOSUCHCODE"}, on="checkin.desk GET"
    ),
    "checkin.doors POST": Act(named="choose_doors", fills={"walk_ins": "y"}),
    "checkin.end_kiosk POST": Act(named="end_kiosk", by="desk"),
    "checkin.strike POST": Act(named="strike", fills={"reason": "It was Bob."}),
    "checkin.undo POST": Act(named="undo_last", by="desk", at=TODAY, on="checkin.desk GET"),
    "checkin.walk_in POST": Act(
        named="walk_in",
        by="desk",
        at=TODAY,
        fills={
            "name": "Wanda",
            "email": "wanda@example.org",
            "role": "principal",
            "lea_id": "3410002",
        },
    ),
    "checkin.write_down POST": Act(
        named="write_down",
        fills={"on": "2026-03-02", "time": "06:30", "direction": "in", "reason": "No power."},
        on="checkin.record GET",
    ),
}


def doors_open(
    summer: Institute, slug: str, number: int
) -> tuple[dict[str, object], dict[str, object]]:
    """Hold an institute today and one tomorrow, with someone here, a kiosk and a printing each.

    Returns the parts of addresses of both; who comes in summer gets a badge.
    """
    for team in _teams_of(summer):
        for seat in team.seats:
            badge_of(summer.id, seat.person_id)
    return _held(f"{slug}-today", slug, number, 41), _held(f"{slug}-next", slug, number, 42)


def _teams_of(institute: Institute) -> Iterable[Team]:
    return db.session.scalars(select(Team).where(Team.institute_id == institute.id))


def _held(name: str, slug: str, number: int, place: int) -> dict[str, object]:
    institute = make_institute(name, days=[NOON.date()], deadlines=[])
    lea = make_lea(f"34{number}00{place}", f"District {place} of {slug}")
    team = make_team(institute, lea, {f"guest{place}@{slug}.example.org": "principal"})
    team.places_held = {PEOPLE: 1, TEAMS: 1}
    for pool in institute.pools:
        pool.taken = 1
    person_id = team.seats[0].person_id
    badge = badge_of(institute.id, person_id)
    checkin.choose_doors(institute, Doors(walk_ins=True), by="test")
    at = millis(clock.now())
    said = Batch(sent_at=at, scans=(SaidScan(id=f"scan-{name}", code=badge.code, at=at),))
    checkin.take_in(institute, said, by="test")
    row = checkin.print_badges(institute, Wanted(which=Which.ALL), by="test")
    kiosk, _token = checkin.start_kiosk(institute, "Lobby", by="test")
    scan = db.session.scalars(select(Scan).where(Scan.institute_id == institute.id)).one()
    db.session.commit()
    return {
        "today_slug": institute.slug,
        "today_person": person_id,
        "print_id": row.id,
        "kiosk_id": kiosk.id,
        "scan_id": scan.id,
    }
