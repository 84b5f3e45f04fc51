"""The routes of programmes: who may call what, and what is written down about each act."""

from collections.abc import Mapping

from consortium.database import db
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import PresenterSpec, RoomSpec, SessionSpec, VenueSpec
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import EVERYONE, RUNS_IT, Policy
from tests.factories import NOON, make_session

public = Policy(may=EVERYONE)
runs_it = Policy(may=RUNS_IT)
cancelled = Policy(may=RUNS_IT, names={"code": "cancelled_code"})
pages = ("edit", "grid", "preview", "rooms")
forms = ("add", "cancel", "change", "move", "publish")
places = ("room", "venue", "presenter")

POLICIES: Mapping[str, Policy] = {
    "schedule.programme GET": public,
    "schedule.changes GET": public,
    "schedule.institute_calendar GET": public,
    "schedule.session_calendar GET": public,
    **{f"schedule.{page} GET": runs_it for page in pages},
    **{f"schedule.{form} {method}": runs_it for form in forms for method in ("GET", "POST")},
    **{
        f"schedule.{act}_{place} {method}": runs_it
        for act in ("add", "change")
        for place in places
        for method in ("GET", "POST")
    },
    **{f"schedule.remove_{place} POST": runs_it for place in places},
    "schedule.hold POST": runs_it,
    "schedule.drop_draft POST": runs_it,
    "schedule.hold_back POST": runs_it,
}
LIST = "schedule.rooms GET"
ACTS: Mapping[str, Act] = {
    "schedule.add POST": Act(named="put_session", fills={"title": "Closing"}),
    "schedule.cancel POST": Act(named="plan_cancelling"),
    "schedule.change POST": Act(named="edit_session", fills={"title": "Welcome"}),
    "schedule.move POST": Act(named="edit_session", fills={"begins": "07:15"}),
    "schedule.hold POST": Act(
        named="plan_holding", at={"code": "cancelled_code"}, on="schedule.change GET"
    ),
    "schedule.drop_draft POST": Act(
        named="drop_draft", at={"code": "drafted_code"}, on="schedule.publish GET"
    ),
    "schedule.publish POST": Act(named="publish_programme", fills={"accept": "y"}),
    "schedule.hold_back POST": Act(
        named="hold_programme_back", at={"slug": "draft"}, on="schedule.edit GET"
    ),
    **{
        f"schedule.add_{place} POST": Act(named=f"put_{place}", fills={"name": "Brand new"})
        for place in places
    },
    **{
        f"schedule.change_{place} POST": Act(named=f"put_{place}", fills={"name": "Renamed"})
        for place in places
    },
    **{f"schedule.remove_{place} POST": Act(named="remove", on=LIST) for place in places},
}


def planned_things(
    institute: Institute, elsewhere: Institute
) -> tuple[dict[str, object], dict[str, object]]:
    """Plan changes here, and keep rooms and people at both; return the parts of addresses."""
    session = make_session(institute, "drafted", "2026-05-01T21:00", "2026-05-01T22:00")
    make_session(institute, "called-off", "2026-05-01T22:00", "2026-05-01T23:00", cancelled_at=NOON)
    spec = SessionSpec(**{**vars(session.spec), "title": "Drafted anew"})
    schedule.edit_session(institute, session, spec, version=1, by="test")
    mine, other = _places(institute), _places(elsewhere)
    db.session.commit()
    return {**mine, "drafted_code": "drafted", "cancelled_code": "called-off"}, other


def _places(institute: Institute) -> dict[str, object]:
    return {
        "room_id": schedule.put_room(institute, RoomSpec(name="Attic"), by="test").id,
        "venue_id": schedule.put_venue(institute, VenueSpec(name="Annex"), by="test").id,
        "presenter_id": schedule.put_presenter(
            institute, PresenterSpec(name="Ann Pres", email="ann@example.org"), by="test"
        ).id,
    }
